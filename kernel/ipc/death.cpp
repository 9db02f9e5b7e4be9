// What happens to the calls of a thread that goes. All other harts stand still.
//
// Its caller gets exactly one completion, peer_died. Whoever works for it goes on, on the slice of
// his own pool and without a caller. The slice that it leaves goes back to where it came from.
#include "kernel/arch/riscv64/fp.hpp"
#include "kernel/ipc/chain.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/sched/lending.hpp"

namespace kernel::ipc {

namespace {

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
    if (thread.pool != nullptr && thread.pool->has_idle(thread)) {
        take_idle(thread);
    } else {
        lending::turn_away(lending::slice_of(thread), thread);
        Thread& top = top_of(thread);
        Slice* const slice = take_off_slice(top);
        if (&top != &thread)
            orphan_workers(thread, top, slice);
        if ((thread.call_flags & Thread::parked_call) != 0)
            leave_parked_worker(thread);
        leave_queue(thread);
        if (CallRecord* const record = std::exchange(thread.record, nullptr))
            record->caller = nullptr;
        Endpoint* const endpoint = std::exchange(thread.serving, nullptr);
        thread.state = Thread::State::dead;
        return_slice(thread, slice);
        if (endpoint != nullptr)
            leave_endpoint(*endpoint, thread.cancelled);
    }
    thread.state = Thread::State::dead;
    thread.process->caps.release(std::exchange(thread.accepted_handles, 0) +
                                 std::exchange(thread.reserved_handles, 0));
    TimerQueue::disarm(thread.own_slice.refill);
    for (Hart& hart : system.harts)
        if (hart.fp_owner == &thread)
            hart.fp_owner = nullptr;
}

}  // namespace kernel::ipc
