// Single words of memory that may not be there: a program that handles its faults goes on at
// `sys_touch_failed` after one in between `sys_touch` and that, and the function returns false.
#pragma once
#include <cstddef>
#include <cstdint>

extern "C" {
bool sys_read_nothing(std::uint64_t address);
// Writes what is there already: other threads may be using the page.
bool sys_write_nothing(std::uint64_t address);

extern std::byte const sys_touch[];
extern std::byte const sys_touch_failed[];
}

namespace sys {

inline bool is_touch(std::uint64_t program_counter)
{
    return program_counter >= reinterpret_cast<std::uint64_t>(sys_touch) &&
           program_counter < reinterpret_cast<std::uint64_t>(sys_touch_failed);
}

}  // namespace sys
