// The threads of this process that take signals, and whose signal is whose.
#include "lib/posix/niceness.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/message_buffer.hpp"
#include "lib/sys/start_info.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/process_stop.hpp"
#include "libc/posix/signal_thread.hpp"
#include "libc/sys/thread.hpp"
#include <algorithm>
#include <array>
#include <span>
#include <utility>

extern "C" void __os_set_thread_number(int number);  // musl's: of the calling thread

namespace posix {
namespace {

constexpr int being_made = -1;
constexpr std::size_t most_threads = 128;

constinit std::array<SignalThread, most_threads> threads;
// Of the rows in `threads`, those behind have never been used: most processes touch none of them.
constinit std::atomic<std::size_t> used_count = 1;
constinit SignalThread* first_thread = &threads[0];
constinit thread_local SignalThread* own_thread = nullptr;

// Sent to the process while all its threads blocked it.
constinit std::atomic<SignalSet> unclaimed = 0;

SignalThread* find_thread(int number)
{
    for (SignalThread& thread : used_threads())
        if (thread.number == number)
            return &thread;
    return nullptr;
}

// Null if there are too many.
SignalThread* take_row()
{
    for (std::size_t i = 0; i < most_threads; ++i) {
        int none = 0;
        if (!threads[i].number.compare_exchange_strong(none, being_made))
            continue;
        for (std::size_t count = used_count; count < i + 1;)
            used_count.compare_exchange_weak(count, i + 1);
        return &threads[i];
    }
    return nullptr;
}

// Others send to the first thread by its handle.
void know_first_thread()
{
    auto const server = door();
    if (!server || first_thread->handle != 0)
        return;
    if (auto found = (*server)->thread())
        first_thread->handle = found->release();
}

// A new thread may run before its creator has said which one that is. Errors: no_process
Result<> wait_for_handle(SignalThread const& thread)
{
    static_assert(sizeof thread.handle == sizeof(std::uint32_t));
    auto const* const word = reinterpret_cast<std::uint32_t const*>(&thread.handle);
    while (thread.handle == 0 && thread.number > 0)
        (void)sys::futex_wait(word, 0, sys::after_milliseconds(1));
    return thread.has_left() || thread.handle == 0 ? fail(Status::no_process) : Result<>{};
}

SignalThread* find_taker(SignalSet signal, SignalThread const& except)
{
    SignalThread* found = nullptr;
    for (SignalThread& thread : used_threads()) {
        if (thread.number <= 0 || &thread == &except)
            continue;
        if ((thread.awaited & signal) != 0)
            return &thread;
        if (found == nullptr && (thread.blocked & signal) == 0)
            found = &thread;
    }
    return found;
}

// The thread hears of what is there for it, and waits for nothing that the server keeps.
void ring(SignalThread const& thread)
{
    send_doorbell(thread);
    end_waits();
}

// False: nobody takes it now.
bool give_to_other(SignalThread const& thread, SignalSet signal)
{
    SignalThread* const taker = find_taker(signal, thread);
    if (taker == nullptr)
        return false;
    taker->passed_on |= signal;
    ring(*taker);
    return true;
}

void clear(SignalThread& thread)
{
    thread.sent = thread.passed_on = thread.pending = thread.own = thread.awaited = thread.kept = 0;
    thread.in_call = false;
    thread.has_begun = thread.stands_still = false;
    thread.restores_blocked = false;
    thread.alternate_bytes = 0;
    thread.niceness = 0;
}

}  // namespace

SignalThread* signal_thread() { return own_thread; }

std::span<SignalThread> used_threads() { return std::span{threads}.first(used_count); }

void send_doorbell(SignalThread const& thread)
{
    if (auto const handle = thread.handle.load(); handle != 0 && handle != SignalThread::nobody)
        (void)sys::upcall(handle, doorbell);
}

void end_waits()
{
    auto const server = door();
    while (server && to_status((*server)->end_waits()) == Status::interrupted)
        ;
}

SignalSet all_pending(SignalThread const& thread) { return thread.pending | unclaimed; }

void take_unclaimed(SignalThread& thread)
{
    SignalSet const wanted = ~thread.blocked | thread.awaited;
    if ((unclaimed & wanted) != 0)
        thread.pending |= unclaimed.fetch_and(~wanted) & wanted;
}

void set_blocked(SignalThread& thread, SignalSet blocked)
{
    thread.blocked = blocked;
    take_unclaimed(thread);
}

void take_sent(SignalThread& thread, SignalSet bits)
{
    if ((bits & doorbell) != 0) {
        SignalSet const sent = thread.sent.exchange(0);
        thread.own |= sent;
        bits |= sent | thread.passed_on.exchange(0);
    }
    thread.pending |= (bits & ~doorbell) | (is_stopping() ? halt : 0);
}

void pass_on(SignalThread& thread)
{
    SignalSet signals = thread.for_others();
    thread.pending &= ~signals;
    for (; signals != 0; signals &= signals - 1) {
        SignalSet const signal = set_of(first_of(signals));
        if (give_to_other(thread, signal))
            continue;
        unclaimed |= signal;
        // Somebody may have stopped blocking it meanwhile.
        if (find_taker(signal, thread) != nullptr && (unclaimed.fetch_and(~signal) & signal) != 0 &&
            !give_to_other(thread, signal))
            unclaimed |= signal;
    }
}

bool has_other_taker(SignalThread const& thread)
{
    for (SignalSet signals = thread.for_others(); signals != 0; signals &= signals - 1)
        if (find_taker(set_of(first_of(signals)), thread) != nullptr)
            return true;
    return false;
}

Result<> send_to_thread(int number, int signal)
{
    SignalThread* const thread = find_thread(number);
    if (thread == nullptr)
        return fail(Status::no_process);
    if (signal == 0)
        return {};
    if (thread == own_thread) {
        raise_signal(signal);
        return {};
    }
    thread->sent |= set_of(signal);
    ring(*thread);
    return {};
}

Result<int> niceness_of_thread(int number)
{
    SignalThread const* const thread = find_thread(number);
    if (thread == nullptr)
        return fail(Status::no_process);
    return thread->niceness.load();
}

Result<> set_niceness_of_thread(int number, int niceness)
{
    know_first_thread();
    SignalThread* const thread = find_thread(number);
    if (thread == nullptr)
        return fail(Status::no_process);
    TRY(wait_for_handle(*thread));
    auto const best = sys::start_info().priority;
    auto const steps = std::min(steps_down(niceness), best - 1);
    TRY(sys::schedule(thread->handle, {.priority = best - steps}));
    thread->niceness = niceness;
    return {};
}

Result<Thread> keep_for_thread(int number, int signal)
{
    know_first_thread();
    SignalThread* const thread = find_thread(number);
    if (thread == nullptr)
        return fail(Status::bad_argument);
    Thread copy{TRY(sys::duplicate(thread->handle))};
    thread->kept |= set_of(signal);
    return copy;
}

void raise_signal(int signal)
{
    if (own_thread == nullptr)
        return;
    own_thread->own |= set_of(signal);
    own_thread->pending |= set_of(signal);
}

SignalThread& enter_first_thread(SignalSet blocked)
{
    own_thread = first_thread;
    own_thread->number = static_cast<int>(own_process_number());
    __os_set_thread_number(own_thread->number);
    own_thread->blocked = blocked;
    own_thread->has_begun = true;
    return *own_thread;
}

// Handles of threads are copied with all others: they are the parent's.
void stay_alone()
{
    for (SignalThread& thread : used_threads())
        if (&thread != own_thread)
            thread.number = 0;
    forget_threads();
    auto const stack_bytes = own_thread->alternate_bytes;
    clear(*own_thread);
    own_thread->has_begun = true;
    own_thread->alternate_bytes = stack_bytes;
    forget_stop();
    unclaimed = 0;
    first_thread = own_thread;
    own_thread->number = static_cast<int>(own_process_number());
}

void forget_threads()
{
    for (SignalThread& thread : used_threads())
        if (auto const handle = thread.handle.exchange(0);
            handle != 0 && handle != SignalThread::nobody)
            sys::close_handle(handle);
}

}  // namespace posix

int libc::first_thread_number() { return static_cast<int>(posix::own_process_number()); }

bool libc::has_thread(int number) { return posix::find_thread(number) != nullptr; }

sys::HandleValue libc::handle_of_thread(int number)
{
    posix::know_first_thread();
    posix::SignalThread const* const thread = posix::find_thread(number);
    if (thread == nullptr)
        return 0;
    auto const handle = thread->handle.load();
    return handle != posix::SignalThread::nobody ? handle : 0;
}

// In the order in which they are called.

posix::SignalThread* libc::announce_thread(int number)
{
    using namespace posix;
    if (own_thread == nullptr)
        return nullptr;
    know_first_thread();
    SignalThread* const thread = take_row();
    if (thread == nullptr)
        return nullptr;
    clear(*thread);
    thread->blocked = own_thread->blocked.load();
    bool const has_area = make_area(*thread);
    thread->number = has_area ? number : 0;
    return has_area ? thread : nullptr;
}

void libc::begin_thread(posix::SignalThread* thread)
{
    posix::own_thread = thread;
    if (thread == nullptr)
        return;
    thread->has_begun = true;
    posix::start_signals(*thread);
}

void libc::know_thread(posix::SignalThread* thread, Result<sys::Handle> handle)
{
    if (thread == nullptr)
        return;
    if (!handle) {
        thread->number = 0;
        return;
    }
    sys::HandleValue unknown = 0;
    if (!thread->handle.compare_exchange_strong(unknown, handle->value())) {
        thread->handle = 0;
        thread->number = 0;
        return;
    }
    auto const value = handle->release();
    if ((thread->sent | thread->passed_on) != 0)
        (void)sys::upcall(value, posix::doorbell);
}

void libc::hold_signals()
{
    if (posix::own_thread != nullptr)
        posix::own_thread->in_call = true;
}

void libc::let_signals_in()
{
    if (posix::own_thread != nullptr)
        posix::own_thread->in_call = false;
}

// The first one stays for the signals that come to the process.
bool libc::leave_thread()
{
    using namespace posix;
    SignalThread* const thread = own_thread;
    if (thread == nullptr)
        return true;
    thread->in_call = true;
    thread->blocked = ~SignalSet{0};
    thread->awaited = 0;
    take_sent(*thread, doorbell);
    pass_on(*thread);
    if (thread == first_thread)
        return false;
    (void)sys::hold_upcalls(sys::message_buffer().upcall);
    take_sent(*thread, sys::take_bits(sys::message_buffer().upcall) | doorbell);
    pass_on(*thread);
    // Where the handle is not known yet, the creator frees the row.
    if (auto const handle = thread->handle.exchange(SignalThread::nobody); handle != 0) {
        sys::close_handle(handle);
        thread->handle = 0;
        thread->number = 0;
    }
    tell_departure();
    return true;
}

void libc::hear_signals()
{
    posix::own_thread->in_call = false;
    for (;;) {
        if (posix::own_thread->deliverable() != 0)
            posix::deliver_signals(*posix::own_thread);
        if (auto const server = posix::door())
            (void)(*server)->pause();
    }
}
