// Interval timers: servers/posix keeps them.
#include "libc/posix/calls.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/time_values.hpp"

namespace posix {
namespace {

std::uint64_t nanoseconds_of(timeval const& time)
{
    return static_cast<std::uint64_t>(time.tv_sec) * nanoseconds_per_second +
           static_cast<std::uint64_t>(time.tv_usec) * nanoseconds_per_microsecond;
}

long put(Result<Timer> const& timer, long address)
{
    if (!timer)
        return -libc::to_errno(timer.error());
    if (address != 0)
        *pointer<itimerval>(address) = {.it_interval = to_timeval(timer->interval),
                                        .it_value = to_timeval(timer->remaining)};
    return 0;
}

bool is_valid(timeval const& time)
{
    return time.tv_sec >= 0 && time.tv_usec >= 0 && time.tv_usec < 1'000'000;
}

}  // namespace

long set_interval_timer(Arguments const& arguments)
{
    auto const server = door();
    if (!server)
        return -libc::to_errno(server.error());
    auto const wanted = *pointer<itimerval const>(arguments[1]);
    if (!is_valid(wanted.it_value) || !is_valid(wanted.it_interval))
        return -EINVAL;
    return put((*server)->set_timer(nanoseconds_of(wanted.it_value),
                                    nanoseconds_of(wanted.it_interval),
                                    static_cast<std::uint32_t>(arguments[0])),
               arguments[2]);
}

long get_interval_timer(Arguments const& arguments)
{
    auto const server = door();
    return server ? put((*server)->timer(static_cast<std::uint32_t>(arguments[0])), arguments[1])
                  : -libc::to_errno(server.error());
}

}  // namespace posix
