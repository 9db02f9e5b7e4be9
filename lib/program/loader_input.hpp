// What the maker of a process leaves for the loader that runs first in it: pages at a fixed
// address, with the loader's stack and the program's strings behind them. The loader unmaps them
// when the program is ready to run.
#pragma once
#include "abi/message.hpp"
#include "abi/syscall.hpp"
#include <cstdint>

namespace program {

// The last part of the address range of programs (elf::Image) belongs to the loader: its code, its
// input and, below them, the program's stack.
inline constexpr std::uint64_t loader_code_address = 0x3d'ff00'0000;
inline constexpr std::uint64_t loader_input_address = 0x3d'fe00'0000;
inline constexpr std::uint64_t loader_stack_pages = 5;
inline constexpr std::uint64_t loader_stack_top =
    loader_input_address + (1 + loader_stack_pages) * abi::page_size;
inline constexpr std::uint64_t text_address = loader_stack_top;
inline constexpr std::uint64_t max_text_bytes =
    36 * abi::page_size;  // ARG_MAX and what is inherited
inline constexpr std::uint64_t program_stack_top = 0x3d'fd00'0000;
inline constexpr std::uint64_t program_stack_pages = 256;   // unless the maker says otherwise
inline constexpr std::uint64_t least_stack_pages = 48;      // has room for all strings
inline constexpr std::uint64_t most_stack_pages = 64 << 8;  // 64 MiB

// The strings are zero-terminated, one after the other: the program's name, its arguments, its
// environment. Behind them is what the program's C library inherits from the one before it.
struct TextSizes {
    std::uint32_t argument_count{};
    std::uint32_t environment_count{};
    std::uint32_t string_bytes{};
    std::uint32_t inherited_bytes{};
};

// The numbers in the auxiliary vector that say who runs the program.
struct UserNumbers {
    std::uint32_t real_user{};
    std::uint32_t user{};
    std::uint32_t real_group{};
    std::uint32_t group{};
};

struct LoaderInput {
    abi::HandleValue file{};         // a File; or 0, then the program is in the boot archive
    abi::HandleValue archive{};      // the archive's Memory, readable and executable
    std::uint64_t archive_offset{};  // of the program, in bytes; a multiple of the page size
    std::uint64_t archive_bytes{};
    TextSizes text;
    UserNumbers users;
    std::uint64_t stack_pages = program_stack_pages;
    bool is_more_trusted{};  // than who started it: AT_SECURE
    bool has_image{};        // what is never written of the program is mapped already
};
static_assert(sizeof(LoaderInput) <= abi::page_size, "the loader's stack starts on the next page");

// The C library finds what it inherits by this type in the auxiliary vector.
inline constexpr std::uint64_t inherited_auxiliary_type = 0x4241;

}  // namespace program
