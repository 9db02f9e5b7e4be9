// What a process is to become: a file, and the strings that come before its own if it is a script.
#pragma once
#include "generated/interfaces/file.hpp"
#include <array>
#include <string_view>

namespace posix {

class Program {
public:
    // The file at the absolute `path`, or the interpreter that its first line names ("#!").
    // Errors: not_found, no_right, is_directory, not_a_directory, name_too_long, too_large,
    // bad_executable (interpreters in a circle), io_error, corrupt
    static Result<Program> open(Directory const& root, std::string_view path);

    File const& file() const { return file_; }
    File take_file() { return std::move(file_); }
    std::string_view name() const { return {name_.data(), name_length_}; }

    // Zero-terminated strings that take the place of the first argument; none of a program proper.
    std::string_view prefix() const { return {prefix_.data(), prefix_length_}; }
    std::size_t prefix_count() const { return prefix_count_; }

private:
    static constexpr std::size_t most_interpreters = 4;
    static constexpr std::size_t first_line_bytes = 256;

    Program() = default;
    Result<> open_one(Directory const& root, std::string_view path);
    Result<bool> is_script(std::span<std::byte, first_line_bytes> head, std::size_t& length) const;
    Result<std::string_view> take_interpreter(std::string_view line, std::string_view path);
    Result<> put_in_front(std::string_view text);
    void set_name(std::string_view path);

    File file_;
    std::array<char, 28> name_{};
    std::size_t name_length_ = 0;
    std::array<char, 1024> prefix_{};
    std::size_t prefix_length_ = 0;
    std::size_t prefix_count_ = 0;
};

}  // namespace posix
