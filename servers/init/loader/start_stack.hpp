// The top of a program's stack as a C library expects it at the start: argc, argv, environment,
// auxiliary vector, and the strings that they point to (System V gABI; musl needs no more).
#pragma once
#include "lib/base/result.hpp"
#include "lib/elf/image.hpp"
#include "lib/program/loader_input.hpp"
#include <cstddef>
#include <span>
#include <string_view>

namespace loader {

struct StackContent {
    std::string_view strings;  // zero-terminated, one after the other: arguments, environment
    std::size_t argument_count{};
    std::size_t environment_count{};
    std::string_view inherited{};  // what the C library finds by program::inherited_auxiliary_type
    program::UserNumbers users{};
    bool is_more_trusted{};
    std::uint64_t random[2]{};  // AT_RANDOM
};

// Fills the end of `stack`, whose last byte is just below `top_address` in the program. The result
// is the stack pointer to start with. Errors: too_large, bad_argument
Result<std::uint64_t> write_start_stack(std::span<std::byte> stack, std::uint64_t top_address,
                                        elf::Image const& image, StackContent const& content);

}  // namespace loader
