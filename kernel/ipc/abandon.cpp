// Ends of calls that the server did not choose: abandoned, interrupted, out of CPU time.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/ipc/chain.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/sched/lending.hpp"

namespace kernel::ipc {

namespace {

// The worker of a call on the caller's slice goes on without it, and without the slice.
void leave_worker(Thread& caller)
{
    Thread& top = top_of(caller);
    Slice* const slice = take_off_slice(top);
    orphan_workers(caller, top, slice);
    caller.carrier = slice;
    if (slice->top == nullptr)  // else it is the worker's pool's own, and the worker has it now
        slice->top = &caller;
}

}  // namespace

void abandon(Thread& caller, Status status)
{
    if (caller.state == Thread::State::queued) {
        leave_queue(caller);
        return finish(caller, status);
    }
    if (CallRecord* const record = std::exchange(caller.record, nullptr))
        record->caller = nullptr;
    halt(caller);
    if ((caller.call_flags & Thread::parked_call) != 0)
        leave_parked_worker(caller);
    else if (caller.callee != nullptr || caller.borrower != nullptr)
        leave_worker(caller);
    finish(caller, status);
}

void deadline_passed(Thread& thread)
{
    if (!thread.is_in_call())
        return end_wait(thread, Status::timed_out);
    if ((thread.call_flags & Thread::deadline_interrupts) != 0)
        return interrupt(thread);
    abandon(thread, Status::timed_out);
}

void end_wait(Thread& thread, Status status, std::uint64_t value)
{
    leave_queue(thread);
    thread.finish_call(std::to_underlying(status), value);
    system.scheduler.make_ready(thread);
}

Result<> check_undisturbed(Thread& thread)
{
    if (std::exchange(thread.interrupted, false))
        return fail(Status::interrupted);
    for (Thread const* at = &thread; at != nullptr; at = at->caller) {
        if (at->cancelled)
            return fail(Status::cancelled);
        if (at->interrupted)
            return fail(Status::interrupted);
    }
    return {};
}

void interrupt(Thread& thread)
{
    thread.interrupted = true;
    if (thread.state == Thread::State::queued && !thread.reports_its_fault())
        return abandon(thread, Status::interrupted);
    thread.call_flags |= thread.is_in_call() ? Thread::was_interrupted : 0;
    if (lending::slice_of(thread).state == Slice::State::running)
        return;  // what it does next finds the flag
    Thread& top = top_of(thread);
    bool const waits = top.state == Thread::State::waiting || top.state == Thread::State::futex;
    if (!waits || top.shielded)
        return;
    thread.interrupted = &top != &thread;
    end_wait(top, Status::interrupted);
}

bool move_overrun(Hart& hart)
{
    Thread& worker = *hart.current;
    if (worker.pool == nullptr || worker.caller == nullptr || worker.on_pool_slice)
        return false;
    Pool& pool = *worker.pool;
    Thread& caller = *worker.caller;
    if (hart.slice == &pool.slice)
        return false;  // a worker has called its own pool
    if (pool.has(abi::PoolFlags::move_overrun)) {
        abandon(caller, Status::timed_out);
        return true;
    }
    if (!pool.has(abi::PoolFlags::owe_overrun))
        return false;
    Slice& slice = *take_off_slice(worker);
    caller.carrier = &slice;
    slice.top = &caller;
    move_to_pool_slice(caller, worker);
    worker.ran_before = pool.slice.ran;
    caller.call_flags |= Thread::owes_overrun;
    lending::follow(slice);
    system.scheduler.make_ready(worker);
    return true;
}

void pay_debt(Thread& caller, Thread const& worker)
{
    Ticks const now = arch::Time::read();
    Slice& slice = worker.pool->slice;
    system.scheduler.pay(slice, now);
    caller.carrier->budget.use(slice.ran - worker.ran_before, now);
}

}  // namespace kernel::ipc
