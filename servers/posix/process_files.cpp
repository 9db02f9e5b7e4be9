// Files that processes share.
#include "servers/posix/console_line.hpp"
#include "servers/posix/device_files.hpp"
#include "servers/posix/pipe.hpp"
#include "servers/posix/process.hpp"
#include "servers/posix/pseudo_terminal.hpp"
#include <charconv>

namespace posix {

Result<Posix::PipeResults> Process::pipe() { return Pipe::create(service_); }

namespace {

Result<File> open_pseudo_terminal(Service& service, std::string_view number_text)
{
    std::size_t number = 0;
    auto const* const end = number_text.data() + number_text.size();
    auto const parsed = std::from_chars(number_text.data(), end, number);
    if (parsed.ec != std::errc{} || parsed.ptr != end || number >= service.pseudo_terminals.size())
        return fail(Status::not_found);
    PseudoTerminal* const found = service.pseudo_terminals[number];
    if (found == nullptr || !found->has_master())
        return fail(Status::not_found);
    return found->terminal().open(Access::read_write);
}

}  // namespace

Result<File> Process::open_device(std::string_view name)
{
    constexpr std::string_view pseudo_terminals = "pts/";
    if (name == "ptmx")
        return PseudoTerminal::create(service_);
    if (name.starts_with(pseudo_terminals))
        return open_pseudo_terminal(service_, name.substr(pseudo_terminals.size()));
    if (name == "null" || name == "zero")
        return NullFile::open(service_, name == "zero");
    if (name == "console")
        return service_.console->terminal().open(Access::read_write);
    if (name == "tty")
        return membership_.terminal == nullptr ? fail(Status::no_terminal)
                                               : membership_.terminal->open(Access::read_write);
    return fail(Status::not_found);
}

}  // namespace posix
