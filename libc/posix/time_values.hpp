// Times as POSIX's structures have them.
#pragma once
#include <cstdint>
#include <sys/time.h>

namespace posix {

inline constexpr std::uint64_t nanoseconds_per_second = 1'000'000'000;
inline constexpr std::uint64_t nanoseconds_per_microsecond = 1000;

inline timeval to_timeval(std::uint64_t nanoseconds)
{
    timeval time{};
    time.tv_sec = static_cast<time_t>(nanoseconds / nanoseconds_per_second);
    time.tv_usec = static_cast<suseconds_t>(nanoseconds % nanoseconds_per_second /
                                            nanoseconds_per_microsecond);
    return time;
}

}  // namespace posix
