// Times as processes give them, in nanoseconds, and as the kernel does, in ticks.
#pragma once
#include "lib/sys/clock.hpp"
#include <cstdint>

namespace posix {

inline constexpr std::uint64_t nanoseconds_per_second = 1'000'000'000;

// Rounded up: nothing is due too early.
inline sys::Ticks to_ticks(std::uint64_t nanoseconds)
{
    std::uint64_t const hz = sys::start_info().timebase_hz;
    return nanoseconds / nanoseconds_per_second * hz +
           (nanoseconds % nanoseconds_per_second * hz + nanoseconds_per_second - 1) /
               nanoseconds_per_second;
}

inline std::uint64_t to_nanoseconds(sys::Ticks ticks)
{
    std::uint64_t const hz = sys::start_info().timebase_hz;
    return ticks / hz * nanoseconds_per_second + ticks % hz * nanoseconds_per_second / hz;
}

}  // namespace posix
