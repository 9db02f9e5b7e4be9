// What happens to the calls of a thread that goes. All other harts stand still.
//
// Its caller gets exactly one completion, peer_died. Whoever works for it goes on, on the slice of
// his own pool and without a caller. The slice that it leaves goes back to where it came from.
#include "kernel/arch/riscv64/fp.hpp"
#include "kernel/ipc/ipc.hpp"

namespace kernel::ipc {

namespace {

constexpr std::uint64_t ecall_bytes = 4;

// The thread at the end of the chain that begins with `thread`.
Thread& top_of(Thread& thread)
{
    Thread* top = &thread;
    while (top->callee_on_slice() != nullptr || top->borrower != nullptr)
        top = top->callee_on_slice() != nullptr ? top->callee : top->borrower;
    return *top;
}

Hart* hart_of(Thread const& thread)
{
    for (Hart& hart : system.harts)
        if (hart.current == &thread)
            return &hart;
    return nullptr;
}

// Takes the top off its slice, which is then parked and empty. Null if it has no slice.
Slice* take_off_slice(Thread& top)
{
    if (Hart* const hart = hart_of(top)) {
        Slice& slice = *hart->slice;
        if (hart == &this_hart()) {
            account(*hart);
            arch::put_away_fp(*hart);
        } else if (hart->in_system_call) {
            top.x[reg::pc] -= ecall_bytes;  // it has not happened yet: the thread asks again
        }
        hart->current = nullptr;
        hart->slice = nullptr;
        hart->resched = true;
        slice.state = Slice::State::parked;
        slice.top = nullptr;
        return &slice;
    }
    Slice* const slice = top.carrier;
    if (slice == nullptr)
        return nullptr;
    if (slice->top == &top)
        system.scheduler.withdraw(*slice);
    else if (top.state == Thread::State::running)
        slice->pool->pending.remove(top);
    return slice;
}

// Ends the wait of a thread, without a result.
void leave_queue(Thread& thread)
{
    switch (thread.state) {
    case Thread::State::waiting:
        thread.waiting_for->waiters.remove(thread);
        std::exchange(thread.waiting_for, nullptr)->drop_reference();
        TimerQueue::disarm(thread.deadline);
        break;
    case Thread::State::futex:
        thread.process->futex_waiters.remove(thread);
        TimerQueue::disarm(thread.deadline);
        break;
    case Thread::State::queued:
        thread.target->home->waiters.remove(thread);
        std::exchange(thread.target, nullptr)->drop_reference();
        break;
    default:
        break;
    }
}

// Who works for `thread`, directly or on its borrowed slice, works for nobody now.
void abandon_workers(Thread& thread, Thread& top)
{
    Thread* const below = thread.callee_on_slice() != nullptr ? thread.callee : thread.borrower;
    below->caller = nullptr;
    below->lender = nullptr;
    thread.callee = nullptr;
    thread.borrower = nullptr;
    top.carrier = &below->pool->slice;
    below->event_start = below->cycles;
    if (top.state == Thread::State::running)
        system.scheduler.make_ready(top);
}

void take_idle(Thread& worker)
{
    Pool& pool = *worker.pool;
    for (Pool::IdleSlot& slot : pool.idle) {
        if (slot.worker == &worker) {
            slot.worker = nullptr;
            return;
        }
    }
    pool.idle_workers.remove(worker);
}

void return_slice(Thread& thread, Slice* slice)
{
    if (Thread* const caller = std::exchange(thread.caller, nullptr)) {
        bool const parked = (caller->call_flags & Thread::parked_call) != 0;
        if (!parked)
            caller->carrier = slice;
        finish(*caller, Status::peer_died);
    } else if (Thread* const lender = std::exchange(thread.lender, nullptr)) {
        lender->borrower = nullptr;
        lender->carrier = slice;
        if (slice->top == nullptr)
            slice->top = lender;
        if (lender->state == Thread::State::running)
            system.scheduler.make_ready(*lender);
    }
}

}  // namespace

void remove_thread(Thread& thread)
{
    if (thread.state == Thread::State::idle) {
        take_idle(thread);
    } else {
        Thread& top = top_of(thread);
        Slice* const slice = take_off_slice(top);
        if (&top != &thread)
            abandon_workers(thread, top);
        if (Thread* const elsewhere = std::exchange(thread.callee, nullptr))
            elsewhere->caller = nullptr;  // on its pool's slice already
        leave_queue(thread);
        if (CallRecord* const record = std::exchange(thread.record, nullptr))
            record->caller = nullptr;
        Endpoint* const endpoint = std::exchange(thread.serving, nullptr);
        return_slice(thread, slice);
        if (endpoint != nullptr && endpoint->close_waits)
            retire(*endpoint);
    }
    thread.state = Thread::State::dead;
    for (Hart& hart : system.harts)
        if (hart.fp_owner == &thread)
            hart.fp_owner = nullptr;
}

}  // namespace kernel::ipc
