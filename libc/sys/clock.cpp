#include "libc/sys/clock.hpp"
#include "lib/sys/syscalls.hpp"
#include "libc/sys/errno.hpp"
#include "libc/sys/real_time.hpp"
#include <errno.h>

namespace libc {
namespace {

constexpr std::uint64_t nanoseconds_per_second = 1'000'000'000;

bool is_calendar_clock(long clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
}

bool is_wall_clock(long clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_RAW ||
           clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE ||
           clock == CLOCK_BOOTTIME;
}

// Waits for a word that nobody knows: only the deadline ends it.
long sleep_until(sys::Ticks deadline)
{
    std::uint32_t const word = 0;
    auto const result = sys::futex_wait(&word, 0, deadline);
    if (!result && result.error() != Status::timed_out)
        return -to_errno(result.error());
    return 0;
}

}  // namespace

Result<sys::Ticks> to_ticks(timespec const& duration)
{
    auto const nanoseconds = static_cast<std::uint64_t>(duration.tv_nsec);
    if (duration.tv_sec < 0 || nanoseconds >= nanoseconds_per_second)
        return fail(Status::bad_argument);
    std::uint64_t const hz = sys::start_info().timebase_hz;
    auto const seconds = static_cast<std::uint64_t>(duration.tv_sec);
    if (seconds >= abi::never / 2 / hz)
        return abi::never / 2;
    return seconds * hz + (nanoseconds * hz + nanoseconds_per_second - 1) / nanoseconds_per_second;
}

timespec to_timespec(sys::Ticks ticks)
{
    std::uint64_t const hz = sys::start_info().timebase_hz;
    timespec time{};
    time.tv_sec = static_cast<time_t>(ticks / hz);
    time.tv_nsec = static_cast<long>(ticks % hz * nanoseconds_per_second / hz);
    return time;
}

Result<sys::Ticks> deadline_after(timespec const* duration)
{
    if (duration == nullptr)
        return abi::never;
    return sys::now() + TRY(to_ticks(*duration));
}

static long read_process_clock(Arguments const& arguments)
{
    auto const time = &process_time != nullptr ? process_time() : fail(Status::bad_argument);
    if (!time)
        return -EINVAL;
    *pointer<timespec>(arguments[1]) = *time;
    return 0;
}

long read_clock(Arguments const& arguments)
{
    if (arguments[0] == CLOCK_PROCESS_CPUTIME_ID)
        return read_process_clock(arguments);
    if (!is_wall_clock(arguments[0]))
        return -EINVAL;
    auto const since_start = to_timespec(sys::now());
    *pointer<timespec>(arguments[1]) =
        is_calendar_clock(arguments[0]) ? since_1970(since_start) : since_start;
    return 0;
}

long read_clock_resolution(Arguments const& arguments)
{
    if (!is_wall_clock(arguments[0]) && arguments[0] != CLOCK_PROCESS_CPUTIME_ID)
        return -EINVAL;
    if (arguments[1] != 0)
        *pointer<timespec>(arguments[1]) = to_timespec(1);
    return 0;
}

long sleep_for(Arguments const& arguments)
{
    auto const deadline = deadline_after(pointer<timespec>(arguments[0]));
    return deadline ? sleep_until(*deadline) : -to_errno(deadline.error());
}

long sleep_on_clock(Arguments const& arguments)
{
    auto const [clock, flags, request, remainder, unused5, unused6] = arguments;
    if (!is_wall_clock(clock))
        return -EINVAL;
    bool const is_absolute = (flags & TIMER_ABSTIME) != 0;
    auto const time = *pointer<timespec>(request);
    bool const is_date = is_absolute && is_calendar_clock(clock);
    auto const ticks = to_ticks(is_date ? since_start(time) : time);
    if (!ticks)
        return -to_errno(ticks.error());
    return sleep_until(is_absolute ? *ticks : sys::now() + *ticks);
}

}  // namespace libc
