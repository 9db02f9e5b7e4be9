#include "libc/posix/queued_signals.hpp"
#include "lib/sys/syscalls.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/signal_thread.hpp"
#include "libc/sys/clock.hpp"
#include "libc/sys/errno.hpp"
#include <errno.h>

namespace posix {

long queue_signal(libc::Arguments const& arguments)
{
    auto const [process, signal, information, unused4, unused5, unused6] = arguments;
    if (signal != 0 && !is_signal(signal))
        return -EINVAL;
    auto const server = door();
    if (!server)
        return -libc::to_errno(server.error());
    auto const& info = *libc::pointer<siginfo_t const>(information);
    SignalDetails const details{.code = info.si_code,
                                .value = reinterpret_cast<std::uint64_t>(info.si_value.sival_ptr)};
    return libc::to_return((*server)->send_queued(static_cast<std::int32_t>(process),
                                                  static_cast<std::uint32_t>(signal), details));
}

namespace {

// The wait is for a word that nobody knows: a signal ends it, or the deadline.
long wait_until(SignalThread& thread, SignalSet awaited, sys::Ticks deadline)
{
    for (;;) {
        if (SignalSet const found = thread.pending & awaited; found != 0)
            return first_of(found);
        if (thread.deliverable() != 0)
            return -EINTR;
        std::uint32_t const word = 0;
        auto const waited = sys::futex_wait(&word, 0, deadline);
        if (!waited && waited.error() == Status::timed_out)
            return -EAGAIN;
    }
}

}  // namespace

long wait_for_signal(libc::Arguments const& arguments)
{
    auto* const thread = signal_thread();
    auto const deadline = libc::deadline_after(libc::pointer<timespec const>(arguments[2]));
    if (thread == nullptr)
        return -ENOSYS;
    if (!deadline)
        return -libc::to_errno(deadline.error());
    SignalSet const awaited = *libc::pointer<SignalSet const>(arguments[0]) & ~never_blocked;
    thread->awaited = awaited;
    take_unclaimed(*thread);
    std::optional<siginfo_t> info;
    long signal = 0;
    while (!info && signal >= 0) {
        signal = wait_until(*thread, awaited, *deadline);
        if (signal < 0)
            continue;
        thread->pending &= ~set_of(static_cast<int>(signal));
        info = take_details(*thread, static_cast<int>(signal));
    }
    thread->awaited = 0;
    if (info && arguments[1] != 0)
        *libc::pointer<siginfo_t>(arguments[1]) = *info;
    return signal;
}

}  // namespace posix
