// Taking chains apart.
#include "kernel/ipc/chain.hpp"
#include "kernel/arch/riscv64/fp.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/sched/lending.hpp"

namespace kernel::ipc {

namespace {

Hart* hart_of(Thread const& thread)
{
    for (Hart& hart : system.harts)
        if (hart.current == &thread)
            return &hart;
    return nullptr;
}

// The thread that the hart runs goes; what it was doing stays written down.
void set_down(Hart& hart)
{
    if (&hart == &this_hart()) {
        account(hart);
        arch::put_away_fp(hart);
    } else if (hart.in_system_call) {
        hart.current->x[reg::pc] -=
            Frame::ecall_bytes;  // it has not happened yet: the thread asks again
    }
}

// The endpoint takes no call until the worker is done with the one that nobody waits for.
void block_endpoint(Thread const& worker)
{
    Endpoint* const endpoint = worker.serving;
    if (endpoint == nullptr)
        return;
    endpoint->abandoned_calls++;
    endpoint->pool = nullptr;
}

}  // namespace

Thread& top_of(Thread& thread)
{
    Thread* top = &thread;
    while (top->callee_on_slice() != nullptr || top->borrower != nullptr)
        top = top->callee_on_slice() != nullptr ? top->callee : top->borrower;
    return *top;
}

void halt(Thread const& thread)
{
    Slice const& slice = lending::slice_of(thread);
    if (slice.state == Slice::State::running && slice.home != &this_hart())
        stop_other_harts(this_hart());
}

Slice* take_off_slice(Thread& top)
{
    if (Hart* const hart = hart_of(top)) {
        Slice* const slice = hart->slice;
        set_down(*hart);
        system.scheduler.take_off(*hart);
        return slice;
    }
    Slice* const slice = top.carrier;
    if (slice == nullptr)
        return nullptr;
    if (slice->state != Slice::State::running && slice->top == &top)
        system.scheduler.withdraw(*slice);
    else if (top.state == Thread::State::running)
        slice->pool->pending.remove(top);
    return slice;
}

void stop_helping(Thread& thread)
{
    if (thread.carrier->top == &thread)
        lending::take_back(*thread.carrier);
}

void leave_queue(Thread& thread)
{
    switch (thread.state) {
    case Thread::State::waiting:
        thread.waiting_for->waiters.remove(thread);
        thread.waiting_for->settle_attention();
        std::exchange(thread.waiting_for, nullptr)->drop_reference();
        break;
    case Thread::State::futex:
        thread.process->futex_waiters.remove(thread);
        stop_helping(thread);
        break;
    case Thread::State::queued:
        thread.target->home->waiters.remove(thread);
        std::exchange(thread.target, nullptr)->drop_reference();
        stop_helping(thread);
        break;
    default:
        break;
    }
    TimerQueue::disarm(thread.deadline);
}

void leave_parked_worker(Thread& caller)
{
    Thread& worker = *std::exchange(caller.callee, nullptr);
    worker.caller = nullptr;
    worker.cancelled = true;
    block_endpoint(worker);
}

void orphan_workers(Thread& thread, Thread& top, Slice* slice)
{
    Thread* const below = thread.callee_on_slice() != nullptr ? thread.callee : thread.borrower;
    block_endpoint(*below);
    below->caller = nullptr;
    below->lender = nullptr;
    below->cancelled = true;
    below->on_pool_slice = true;
    below->event_start = below->cycles;
    thread.callee = nullptr;
    thread.borrower = nullptr;

    Slice& own = below->pool->slice;
    top.carrier = &own;
    if (slice != nullptr)
        lending::follow(*slice);
    if (top.state == Thread::State::running) {
        system.scheduler.make_ready(top);
    } else if (own.is_free()) {
        own.top = &top;
        if (top.state == Thread::State::queued)
            help_worker(top);
    }
}

}  // namespace kernel::ipc
