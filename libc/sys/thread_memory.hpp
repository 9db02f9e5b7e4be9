// Facts about every thread's memory.
#pragma once
#include <cstddef>
#include <cstdint>

namespace libc {

inline constexpr std::size_t stack_alignment = 16;

// The same in all threads: where the linker wants short addresses to start from.
inline std::uint64_t global_pointer()
{
    std::uint64_t value;
    asm("mv %0, gp" : "=r"(value));
    return value;
}

}  // namespace libc
