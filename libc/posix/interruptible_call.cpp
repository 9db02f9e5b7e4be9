// Around every system call: signals that arrive during it are delivered when it is over.
#include "libc/posix/signal_thread.hpp"
#include "libc/sys/arguments.hpp"
#include <errno.h>
#include <sys/syscall.h>

namespace posix {
namespace {

// What becomes of a call that a signal has interrupted.
enum class Interruption {
    repeats,       // it never fails so: it was not begun
    handler_says,  // repeated if the handler has SA_RESTART
    fails,         // whenever a handler has run
};

Interruption interruption_of(long number)
{
    switch (number) {
    case SYS_read:
    case SYS_readv:
    case SYS_write:
    case SYS_writev:
    case SYS_wait4:
    case SYS_waitid:
    case SYS_openat:
    case SYS_fcntl:
    case SYS_flock:
    case SYS_ioctl:
    case SYS_futex:
        return Interruption::handler_says;
    case SYS_ppoll:
    case SYS_pselect6:
    case SYS_epoll_pwait:
    case SYS_nanosleep:
    case SYS_clock_nanosleep:
    case SYS_rt_sigsuspend:
    case SYS_rt_sigtimedwait:
        return Interruption::fails;
    default:
        return Interruption::repeats;
    }
}

// Whether a call that returned -EINTR is to be made again.
bool is_repeated(long number, HandlersRun handlers)
{
    switch (interruption_of(number)) {
    case Interruption::repeats:
        return true;
    case Interruption::handler_says:
        return handlers != HandlersRun::without_restart;
    case Interruption::fails:
        return handlers == HandlersRun::none;
    }
    return false;
}

// In a thread that takes no signals, as there are too many: what interrupts the process's calls is
// not for it.
long call_undisturbed(libc::SystemCall call, long number, libc::Arguments const& arguments)
{
    long result;
    do
        result = call(number, arguments);
    while (result == -EINTR);
    return result;
}

// The thread has put off its end until a call that may be its last one waits.
void hasten_cancelled(SignalThread const& thread)
{
    if (thread.is_cancelled())
        (void)sys::interrupt(sys::own_thread);
}

bool ends_cancelled(SignalThread& thread)
{
    bool const ends = thread.is_cancelled();
    if (ends)
        thread.pending &= ~set_of(cancel_signal);
    return ends;
}

// At the end of a call: those for this thread are delivered, others passed on.
HandlersRun take_signals(SignalThread& thread)
{
    while (thread.for_others() != 0) {
        UninterruptedPart const part;
        pass_on(thread);
    }
    return thread.deliverable() != 0 ? deliver_signals(thread) : HandlersRun::none;
}

}  // namespace
}  // namespace posix

namespace libc {

long interruptible_call(SystemCall call, long number, Arguments const& arguments)
{
    posix::SignalThread* const thread = posix::signal_thread();
    if (thread == nullptr)
        return posix::call_undisturbed(call, number, arguments);
    for (;;) {
        thread->in_call = true;
        if (thread->pending.load(std::memory_order_relaxed) != 0) [[unlikely]]
            posix::hasten_cancelled(*thread);
        long const result = call(number, arguments);
        thread->in_call = false;
        bool const has_signals = thread->pending.load(std::memory_order_relaxed) != 0;
        if (!has_signals && result != -EINTR) [[likely]]
            return result;
        auto const handlers = has_signals ? posix::take_signals(*thread) : posix::HandlersRun::none;
        if (result != -EINTR || posix::ends_cancelled(*thread) ||
            !posix::is_repeated(number, handlers)) {
            thread->restore_blocked();
            return result;
        }
    }
}

}  // namespace libc
