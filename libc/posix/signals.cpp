// sigaction and its relatives.
#include "libc/posix/calls.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/signal_actions.hpp"
#include "libc/posix/signal_thread.hpp"
#include "libc/sys/signal.hpp"

namespace posix {
namespace {

void tell_ignored()
{
    constexpr std::uint64_t ignoring = 1;             // SIG_IGN
    static constinit SignalSet told = ~SignalSet{0};  // the program before may have told other ones
    static constinit unsigned long told_flags = 0;
    SignalSet const ignored = signal_actions().ignored();
    auto const& child = signal_actions().of(SIGCHLD);
    auto const flags = (child.flags & (SA_NOCLDWAIT | SA_NOCLDSTOP)) |
                       (child.handler == ignoring ? SA_NOCLDWAIT : 0);
    auto const server = door();
    if (!server || (ignored == told && flags == told_flags))
        return;
    if (!(*server)->ignore_signals(ignored, (flags & SA_NOCLDWAIT) != 0,
                                   (flags & SA_NOCLDSTOP) != 0))
        return;
    told = ignored;
    told_flags = flags;
}

SignalSet changed(SignalSet blocked, long how, SignalSet set)
{
    switch (how) {
    case SIG_BLOCK:
        return blocked | set;
    case SIG_UNBLOCK:
        return blocked & ~set;
    default:
        return set;
    }
}

}  // namespace

std::int32_t waiter_for(int signal)
{
    auto const number = static_cast<std::int32_t>(own_process_number());
    auto const* const thread = signal_thread();
    return thread != nullptr && (thread->blocked & set_of(signal)) != 0 ? -number : number;
}

long set_signal_action(Arguments const& arguments)
{
    auto const [number, action, old, set_bytes, unused5, unused6] = arguments;
    if (!is_signal(number) || set_bytes != sizeof(SignalSet))
        return -EINVAL;
    int const signal = static_cast<int>(number);
    if (action != 0 && (set_of(signal) & never_blocked) != 0)
        return -EINVAL;
    if (old != 0)
        *pointer<SignalAction>(old) = signal_actions().of(signal);
    if (action == 0)
        return 0;
    signal_actions().set(signal, *pointer<SignalAction const>(action));
    tell_ignored();
    return 0;
}

long change_blocked_signals(Arguments const& arguments)
{
    auto const [how, set, old, set_bytes, unused5, unused6] = arguments;
    if (set_bytes != sizeof(SignalSet) || how < SIG_BLOCK || how > SIG_SETMASK)
        return -EINVAL;
    auto* const thread = signal_thread();
    if (thread == nullptr)
        return 0;
    SignalSet const before = thread->blocked;
    if (set != 0)
        set_blocked(*thread, changed(before, how, *pointer<SignalSet const>(set)) & ~never_blocked);
    if (old != 0)
        *pointer<SignalSet>(old) = before;
    return 0;
}

long pending_signals(Arguments const& arguments)
{
    auto const* const thread = signal_thread();
    *pointer<SignalSet>(arguments[0]) =
        thread == nullptr ? 0 : all_pending(*thread) & thread->blocked;
    return 0;
}

// The old set comes back when the handler has run, or here if there was nothing to wait for.
long suspend_for_signal(Arguments const& arguments)
{
    auto* const thread = signal_thread();
    auto const server = door();
    if (thread == nullptr || !server)
        return -ENOSYS;
    thread->block_meanwhile(*pointer<SignalSet const>(arguments[0]));
    take_unclaimed(*thread);
    while (thread->deliverable() == 0)
        (void)(*server)->pause();
    return -EINTR;
}

long set_alternate_stack(Arguments const& arguments)
{
    auto* const thread = signal_thread();
    if (thread == nullptr)
        return -ENOSYS;
    if (arguments[1] != 0)
        *pointer<stack_t>(arguments[1]) = {.ss_sp = thread->alternate_stack,
                                           .ss_flags =
                                               thread->alternate_bytes == 0 ? SS_DISABLE : 0,
                                           .ss_size = thread->alternate_bytes};
    if (arguments[0] == 0)
        return 0;
    auto const wanted = *pointer<stack_t const>(arguments[0]);
    if ((wanted.ss_flags & ~SS_DISABLE) != 0)
        return -EINVAL;
    if (wanted.ss_flags == 0 && wanted.ss_size < MINSIGSTKSZ)
        return -ENOMEM;
    thread->alternate_stack = wanted.ss_sp;
    thread->alternate_bytes = wanted.ss_flags == 0 ? wanted.ss_size : 0;
    return 0;
}

long send_signal(Arguments const& arguments)
{
    auto const [process, signal, unused3, unused4, unused5, unused6] = arguments;
    if (signal != 0 && !is_signal(signal))
        return -EINVAL;
    auto const number = static_cast<std::int32_t>(process);
    if (!door())
        return number == own_process_number() ? libc::send_to_self(signal) : -ESRCH;
    auto* const thread = signal_thread();
    // SIGCONT takes back those that stop, as the server knows their order.
    bool const needs_server =
        signal != 0 && (set_of(static_cast<int>(signal)) & (doorbell | stopping_by_default)) != 0;
    if (number == own_process_number() && !needs_server && thread != nullptr) {
        if (signal != 0)
            thread->pending |= set_of(static_cast<int>(signal));
        return 0;
    }
    auto const server = door();
    if (!server)
        return -ESRCH;
    return to_return((*server)->send(number, static_cast<std::uint32_t>(signal)));
}

long thread_number()
{
    auto const* const thread = signal_thread();
    return thread == nullptr ? own_process_number() : thread->number.load();
}

long send_signal_to_thread(long thread, long signal)
{
    auto const server = door();
    if (signal != 0 && !is_signal(signal))
        return -EINVAL;
    if (!server)
        return libc::send_to_self(signal);
    if (signal == SIGKILL)
        return to_return((*server)->send(static_cast<std::int32_t>(own_process_number()), SIGKILL));
    return to_return(send_to_thread(static_cast<int>(thread), static_cast<int>(signal)));
}

long send_signal_to_thread_of(Arguments const& arguments)
{
    auto const [process, thread, signal, unused4, unused5, unused6] = arguments;
    return process == own_process_number() ? send_signal_to_thread(thread, signal) : -ESRCH;
}

}  // namespace posix
