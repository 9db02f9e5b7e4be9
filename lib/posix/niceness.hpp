// Niceness, from 0 to 19, and what it means for the kernel. Nothing of a session runs before shells
// do, so there is none below 0.
#pragma once
#include <cstdint>

namespace posix {

inline constexpr std::int32_t most_niceness = 19;

// How much lower the priority is. The kernel's lowest is for nobody.
constexpr std::uint32_t steps_down(std::int32_t niceness)
{
    constexpr std::int32_t nicenesses_per_priority = 3;
    return static_cast<std::uint32_t>((niceness + nicenesses_per_priority - 1) /
                                      nicenesses_per_priority);
}
static_assert(steps_down(0) == 0 && steps_down(1) == 1 && steps_down(most_niceness) == 7);

}  // namespace posix
