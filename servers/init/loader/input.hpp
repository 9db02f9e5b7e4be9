// What init leaves for the loader: in pages of the child's at a fixed address, the loader's stack
// behind it. The loader unmaps them when the program is ready to run.
#pragma once
#include "abi/message.hpp"
#include "abi/syscall.hpp"
#include <cstdint>
#include <string_view>
#include <utility>

namespace loader {

// The last part of the address range of programs (elf::Image) belongs to the loader: its code, its
// input and, below them, the program's stack.
inline constexpr std::uint64_t code_address = 0x3d'ff00'0000;
inline constexpr std::uint64_t input_address = 0x3d'fe00'0000;
inline constexpr std::uint64_t input_pages = 6;
inline constexpr std::uint64_t loader_stack_top = input_address + input_pages * abi::page_size;
inline constexpr std::uint64_t program_stack_top = 0x3d'fd00'0000;
inline constexpr std::uint64_t program_stack_pages = 256;

struct Input {
    abi::HandleValue file{};         // a File; or 0, then the program is in the boot archive
    abi::HandleValue archive{};      // the archive's Memory, readable and executable
    std::uint64_t archive_offset{};  // of the program, in bytes; a multiple of the page size
    std::uint64_t archive_bytes{};
    std::uint32_t argument_count{};
    std::uint32_t argument_bytes{};
    char
        arguments[4000]{};  // zero-terminated, one after the other; the program's name is the first

    // Appends one; false if it does not fit.
    bool add_argument(std::string_view text);
    std::string_view argument_text() const { return {arguments, argument_bytes}; }
};
static_assert(sizeof(Input) <= abi::page_size, "the loader's stack starts on the next page");

inline bool Input::add_argument(std::string_view text)
{
    if (text.size() >= sizeof arguments - argument_bytes)
        return false;
    text.copy(arguments + argument_bytes, text.size());
    argument_bytes += static_cast<std::uint32_t>(text.size());
    arguments[argument_bytes++] = 0;
    ++argument_count;
    return true;
}

}  // namespace loader
