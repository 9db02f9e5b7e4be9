// The top of a program's stack as a C library expects it at the start: argc, argv, environment,
// auxiliary vector, and the strings that they point to (System V gABI; musl needs no more).
#pragma once
#include "lib/base/result.hpp"
#include "lib/elf/image.hpp"
#include <cstddef>
#include <span>
#include <string_view>

namespace loader {

struct StackContent {
    std::string_view arguments;  // zero-terminated, one after the other
    std::size_t argument_count{};
    std::uint64_t random[2]{};  // AT_RANDOM
};

// Fills the end of `stack`, whose last byte is just below `top_address` in the program. The result
// is the stack pointer to start with. Errors: too_large.
Result<std::uint64_t> write_start_stack(std::span<std::byte> stack, std::uint64_t top_address,
                                        elf::Image const& image, StackContent const& content);

}  // namespace loader
