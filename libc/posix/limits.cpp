// getrlimit, getrusage, times, nice and their relatives. The server keeps the limits; those on
// descriptors, file sizes and memory are kept to here.
#include "libc/posix/limits.hpp"
#include "lib/posix/niceness.hpp"
#include "lib/sys/clock.hpp"
#include "libc/posix/calls.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/signal_thread.hpp"
#include "libc/posix/time_values.hpp"
#include "libc/sys/thread.hpp"
#include <algorithm>
#include <sys/resource.h>
#include <sys/times.h>
#include <unistd.h>

namespace posix {
namespace {

constexpr std::uint64_t clock_ticks_per_second = 100;
constexpr std::uint64_t nanoseconds_per_clock_tick =
    nanoseconds_per_second / clock_ticks_per_second;
constexpr long most_niceness_shown = 20;

constinit std::atomic<std::uint64_t> largest_file = no_limit;

static_assert(RLIM_INFINITY == no_limit);

void limit_own_memory(Posix const& server)
{
    auto const all = server.limit(0, RLIMIT_AS);
    auto const data = server.limit(0, RLIMIT_DATA);
    if (all && data)
        libc::limit_memory(std::min(all->soft, data->soft));
}

// What of the limits is kept to in this process.
void apply(Posix const& server, long resource, std::uint64_t soft)
{
    switch (resource) {
    case RLIMIT_NOFILE:
        return process_files().table().set_limit(
            static_cast<int>(std::min<std::uint64_t>(soft, FileTable::capacity)));
    case RLIMIT_FSIZE:
        return set_file_size_limit(soft);
    case RLIMIT_AS:
    case RLIMIT_DATA:
        return limit_own_memory(server);
    default:
        return;
    }
}

clock_t to_clock_ticks(std::uint64_t nanoseconds)
{
    return static_cast<clock_t>(nanoseconds / nanoseconds_per_clock_tick);
}

}  // namespace

std::uint64_t file_size_limit() { return largest_file; }
void set_file_size_limit(std::uint64_t bytes) { largest_file = bytes; }

rusage usage_of(std::uint64_t nanoseconds)
{
    rusage usage{};
    usage.ru_utime = to_timeval(nanoseconds);
    return usage;
}

long process_limits(Arguments const& arguments)
{
    auto const [process, resource, wanted, old, unused5, unused6] = arguments;
    auto const server = door();
    if (!server)
        return -ENOSYS;
    auto const number = static_cast<std::int32_t>(process);
    auto const kind = static_cast<std::uint32_t>(resource);
    auto const before = (*server)->limit(number, kind);
    if (!before)
        return -libc::to_errno(before.error());
    if (wanted != 0) {
        auto const limit = *pointer<rlimit const>(wanted);
        auto const set = (*server)->set_limit(number, kind, limit.rlim_cur, limit.rlim_max);
        if (!set)
            return -libc::to_errno(set.error());
        if (number == 0 || number == own_process_number())
            apply(**server, resource, limit.rlim_cur);
    }
    if (old != 0)
        *pointer<rlimit>(old) = {.rlim_cur = before->soft, .rlim_max = before->hard};
    return 0;
}

long resource_usage(Arguments const& arguments)
{
    auto const who = static_cast<int>(arguments[0]);
    if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN)
        return -EINVAL;
    auto const server = door();
    if (!server)
        return -ENOSYS;
    auto const usage = (*server)->usage();
    if (!usage)
        return -libc::to_errno(usage.error());
    *pointer<rusage>(arguments[1]) =
        usage_of(who == RUSAGE_SELF ? usage->time : usage->children_time);
    return 0;
}

long process_times(Arguments const& arguments)
{
    auto const server = door();
    if (!server)
        return -ENOSYS;
    auto const usage = (*server)->usage();
    if (!usage)
        return -libc::to_errno(usage.error());
    if (arguments[0] != 0)
        *pointer<tms>(arguments[0]) = {.tms_utime = to_clock_ticks(usage->time),
                                       .tms_stime = 0,
                                       .tms_cutime = to_clock_ticks(usage->children_time),
                                       .tms_cstime = 0};
    return static_cast<long>(sys::now() / (sys::start_info().timebase_hz / clock_ticks_per_second));
}

namespace {

// One of this process's that is not its first: Linux has a niceness for each.
bool is_other_thread(Arguments const& arguments)
{
    return arguments[0] == PRIO_PROCESS && arguments[1] > libc::process_numbers &&
           arguments[1] % libc::process_numbers == own_process_number();
}

long set_thread_priority(int number, long niceness)
{
    auto const before = niceness_of_thread(number);
    auto const wanted = static_cast<int>(std::clamp(niceness, 0L, long{most_niceness}));
    if (before && (niceness < 0 || (wanted < *before && effective_user_number() != 0)))
        return -EACCES;
    return before ? to_return(set_niceness_of_thread(number, wanted)) : -ESRCH;
}

}  // namespace

// As Linux's system call has it: 40 to 1, so that no priority looks like an error.
long get_priority(Arguments const& arguments)
{
    auto const server = door();
    if (!server)
        return -ENOSYS;
    if (arguments[0] < PRIO_PROCESS || arguments[0] > PRIO_USER)
        return -EINVAL;
    if (is_other_thread(arguments)) {
        auto const niceness = niceness_of_thread(static_cast<int>(arguments[1]));
        return niceness ? most_niceness_shown - *niceness : -ESRCH;
    }
    auto const niceness = (*server)->niceness(static_cast<PriorityOf>(arguments[0]),
                                              static_cast<std::int32_t>(arguments[1]));
    return niceness ? most_niceness_shown - *niceness : -libc::to_errno(niceness.error());
}

long set_priority(Arguments const& arguments)
{
    auto const server = door();
    if (!server)
        return -ENOSYS;
    if (arguments[0] < PRIO_PROCESS || arguments[0] > PRIO_USER)
        return -EINVAL;
    if (is_other_thread(arguments))
        return set_thread_priority(static_cast<int>(arguments[1]), arguments[2]);
    return to_return((*server)->set_niceness(static_cast<PriorityOf>(arguments[0]),
                                             static_cast<std::int32_t>(arguments[1]),
                                             static_cast<std::int32_t>(arguments[2])));
}

}  // namespace posix

// For clock_gettime(): the CPU time that the process has used. Errors: not_supported
Result<timespec> libc::process_time()
{
    auto const* const server = TRY(posix::door());
    auto const usage = TRY(server->usage());
    timespec time{};
    time.tv_sec = static_cast<time_t>(usage.time / posix::nanoseconds_per_second);
    time.tv_nsec = static_cast<long>(usage.time % posix::nanoseconds_per_second);
    return time;
}
