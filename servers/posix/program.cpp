#include "servers/posix/program.hpp"
#include <algorithm>
#include <cstring>

namespace posix {
namespace {

constexpr std::string_view blanks = " \t";

std::string_view trimmed(std::string_view text)
{
    auto const begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string_view without_slash(std::string_view path)
{
    return path.substr(std::min(path.find_first_not_of('/'), path.size()));
}

// By the first bytes of an ELF file: 64 bits, and the number of the machine. All else the loader
// checks, when there is no way back any more.
bool is_program(std::string_view head)
{
    constexpr std::string_view magic = "\177ELF\2";
    constexpr std::string_view risc_v{"\363\0", 2};
    constexpr std::size_t machine_offset = 18;
    return head.starts_with(magic) && head.size() > machine_offset &&
           head.substr(machine_offset).starts_with(risc_v);
}

}  // namespace

Result<Program> Program::open(Directory const& root, std::string_view path)
{
    Program program;
    std::array<char, first_line_bytes> interpreter;
    program.set_name(path);
    for (std::size_t depth = 0; depth <= most_interpreters; ++depth) {
        TRY(program.open_one(root, path));
        std::array<std::byte, first_line_bytes> head;
        std::size_t length = 0;
        if (!TRY(program.is_script(head, length)))
            return program;
        std::string_view const line{reinterpret_cast<char const*>(head.data()), length};
        auto const found = TRY(program.take_interpreter(line, path));
        found.copy(interpreter.data(), interpreter.size());
        path = {interpreter.data(), found.size()};
    }
    return fail(Status::bad_executable);
}

Result<> Program::open_one(Directory const& root, std::string_view path)
{
    auto opened = root.open(without_slash(path), OpenMode::existing, Access::execute);
    if (!opened)
        return fail(opened.error() == Status::is_directory ? Status::access_denied
                                                           : opened.error());
    file_ = *std::move(opened);
    return {};
}

// Reads the first line; `length` is without its end.
Result<bool> Program::is_script(std::span<std::byte, first_line_bytes> head,
                                std::size_t& length) const
{
    auto const count = TRY(file_.read(0, head));
    if (count > head.size())
        return fail(Status::io_error);
    std::string_view const text{reinterpret_cast<char const*>(head.data()), count};
    if (!text.starts_with("#!"))
        return is_program(text) ? Result<bool>{false} : fail(Status::bad_executable);
    length = std::min(text.find('\n'), text.size());
    return true;
}

// "#!interpreter [argument]": both come before the script's own path. The result is in `line`.
Result<std::string_view> Program::take_interpreter(std::string_view line, std::string_view path)
{
    auto const text = trimmed(line.substr(2));
    auto const name = text.substr(0, text.find_first_of(blanks));
    if (name.empty())
        return fail(Status::bad_executable);
    auto const argument = trimmed(text.substr(name.size()));
    if (prefix_count_ == 0)
        TRY(put_in_front(path));
    if (!argument.empty())
        TRY(put_in_front(argument));
    TRY(put_in_front(name));
    return name;
}

Result<> Program::put_in_front(std::string_view text)
{
    std::size_t const bytes = text.size() + 1;
    if (bytes > prefix_.size() - prefix_length_)
        return fail(Status::too_large);
    std::memmove(prefix_.data() + bytes, prefix_.data(), prefix_length_);
    text.copy(prefix_.data(), text.size());
    prefix_[text.size()] = 0;
    prefix_length_ += bytes;
    ++prefix_count_;
    return {};
}

void Program::set_name(std::string_view path)
{
    auto const last = path.substr(path.find_last_of('/') + 1);
    name_length_ = last.copy(name_.data(), name_.size() - 1);
}

}  // namespace posix
