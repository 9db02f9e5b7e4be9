// timerfd_create and its relatives: files of servers/posix.
#include "libc/posix/borrowed.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/process_files.hpp"
#include "libc/posix/process_timers.hpp"
#include "libc/posix/served_file.hpp"
#include "libc/posix/timer_settings.hpp"
#include "libc/sys/errno.hpp"
#include <errno.h>
#include <sys/timerfd.h>

namespace posix {
namespace {

Result<FileReference> open_timer(long clock, int flags)
{
    auto const server = TRY(door());
    auto timer = TRY(server->timer_file(static_cast<std::uint32_t>(clock)));
    FileReference file{*new ServedFile{File{sys::Handle{timer.release()}}, O_RDWR}};
    if ((flags & TFD_NONBLOCK) != 0)
        TRY(file->set_status_flags(O_NONBLOCK));
    return file;
}

Result<Timer> set(OpenFile const& file, bool is_absolute, itimerspec const& wanted)
{
    Borrowed<TimerFile> const timer{file.handle()};
    long const clock = is_absolute ? TRY(timer->clock()) : CLOCK_MONOTONIC;
    auto const setting = TRY(timer_setting(wanted, is_absolute, clock));
    return timer->arm(setting);
}

// Other files have no such methods.
long put(Result<Timer> const& timer, long address)
{
    if (!timer)
        return timer.error() == Status::bad_method || timer.error() == Status::bad_handle
                   ? -EINVAL
                   : -libc::to_errno(timer.error());
    if (address != 0)
        *libc::pointer<itimerspec>(address) = to_itimerspec(*timer);
    return 0;
}

}  // namespace

long create_timer_file(libc::Arguments const& arguments)
{
    auto const [clock, flags, unused3, unused4, unused5, unused6] = arguments;
    constexpr long known = TFD_NONBLOCK | TFD_CLOEXEC;
    if (!is_timer_clock(clock) || clock == CLOCK_PROCESS_CPUTIME_ID || (flags & ~known) != 0)
        return -EINVAL;
    return new_descriptor(open_timer(clock, static_cast<int>(flags)), (flags & TFD_CLOEXEC) != 0);
}

long set_timer_file(libc::Arguments const& arguments)
{
    auto const [descriptor, flags, wanted, old, unused5, unused6] = arguments;
    auto const file = process_files().table().find(descriptor);
    if (!file)
        return -EBADF;
    constexpr long known = TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET;
    if ((flags & ~known) != 0)
        return -EINVAL;
    return put(
        set(*file, (flags & TFD_TIMER_ABSTIME) != 0, *libc::pointer<itimerspec const>(wanted)),
        old);
}

long get_timer_file(libc::Arguments const& arguments)
{
    auto const file = process_files().table().find(arguments[0]);
    if (!file)
        return -EBADF;
    Borrowed<TimerFile> const timer{file->handle()};
    return put(timer->remaining(), arguments[1]);
}

}  // namespace posix
