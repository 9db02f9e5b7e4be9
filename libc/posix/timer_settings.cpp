#include "libc/posix/timer_settings.hpp"
#include "libc/posix/time_values.hpp"
#include "libc/sys/real_time.hpp"
#include <algorithm>

namespace posix {
namespace {

Result<std::uint64_t> nanoseconds_of(timespec const& time)
{
    auto const nanoseconds = static_cast<std::uint64_t>(time.tv_nsec);
    constexpr std::uint64_t most_seconds = ~std::uint64_t{0} / 4 / nanoseconds_per_second;
    if (time.tv_sec < 0 || nanoseconds >= nanoseconds_per_second)
        return fail(Status::bad_argument);
    auto const seconds = std::min(static_cast<std::uint64_t>(time.tv_sec), most_seconds);
    return seconds * nanoseconds_per_second + nanoseconds;
}

timespec to_timespec(std::uint64_t nanoseconds)
{
    timespec time{};
    time.tv_sec = static_cast<time_t>(nanoseconds / nanoseconds_per_second);
    time.tv_nsec = static_cast<long>(nanoseconds % nanoseconds_per_second);
    return time;
}

}  // namespace

bool is_timer_clock(long clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME ||
           clock == CLOCK_PROCESS_CPUTIME_ID;
}

Result<TimerSetting> timer_setting(itimerspec const& wanted, bool is_absolute, long clock)
{
    std::uint64_t time = TRY(nanoseconds_of(wanted.it_value));
    // A date before the start is one that has passed.
    if (time != 0 && is_absolute && clock == CLOCK_REALTIME)
        time = std::max<std::uint64_t>(TRY(nanoseconds_of(libc::since_start(wanted.it_value))), 1);
    return TimerSetting{.time = time,
                        .interval = TRY(nanoseconds_of(wanted.it_interval)),
                        .is_absolute = is_absolute};
}

itimerspec to_itimerspec(Timer const& timer)
{
    itimerspec result{};
    result.it_interval = to_timespec(timer.interval);
    result.it_value = to_timespec(timer.remaining);
    return result;
}

}  // namespace posix
