#include "libc/sys/real_time.hpp"
#include "generated/interfaces/clock.hpp"
#include "lib/sys/start_info.hpp"
#include "libc/sys/clock.hpp"
#include <pthread.h>

namespace libc {
namespace {

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;

timespec start_of_machine;  // since 1970; written once, by ask_clock
pthread_once_t is_known = PTHREAD_ONCE_INIT;

std::int64_t to_nanoseconds(timespec const& time)
{
    return time.tv_sec * nanoseconds_per_second + time.tv_nsec;
}

timespec from_nanoseconds(std::int64_t nanoseconds)
{
    return {.tv_sec = nanoseconds / nanoseconds_per_second,
            .tv_nsec = nanoseconds % nanoseconds_per_second};
}

void ask_clock()
{
    Clock clock{sys::Handle{sys::find_grant("clock")}};
    if (!clock)
        return;
    auto const now = clock.now();
    (void)clock.release();  // it stays granted to this process
    auto const since_start = to_nanoseconds(to_timespec(sys::now()));
    // One that was never set, or that counts too far for a time, is no help.
    if (now && static_cast<std::int64_t>(*now) >= since_start)
        start_of_machine = from_nanoseconds(static_cast<std::int64_t>(*now) - since_start);
}

timespec const& machine_start()
{
    pthread_once(&is_known, ask_clock);
    return start_of_machine;
}

}  // namespace

timespec since_1970(timespec const& since_start)
{
    timespec const& start = machine_start();
    timespec sum{.tv_sec = since_start.tv_sec + start.tv_sec,
                 .tv_nsec = since_start.tv_nsec + start.tv_nsec};
    if (sum.tv_nsec >= nanoseconds_per_second) {
        sum.tv_nsec -= nanoseconds_per_second;
        ++sum.tv_sec;
    }
    return sum;
}

timespec since_start(timespec const& since_1970)
{
    timespec const& start = machine_start();
    timespec difference{.tv_sec = since_1970.tv_sec - start.tv_sec,
                        .tv_nsec = since_1970.tv_nsec - start.tv_nsec};
    if (difference.tv_nsec < 0) {
        difference.tv_nsec += nanoseconds_per_second;
        --difference.tv_sec;
    }
    return difference.tv_sec < 0 ? timespec{} : difference;
}

}  // namespace libc
