// Decides what each hart runs.
#include "kernel/sched/scheduler.hpp"
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/fp.hpp"
#include "kernel/arch/riscv64/sbi.hpp"
#include "kernel/kernel.hpp"

namespace kernel {

void account(Hart& hart)
{
    std::uint64_t const now = arch::Cycle::read();
    if (hart.current != nullptr)
        hart.current->cycles += now - hart.stamp;
    hart.stamp = now;
}

void Scheduler::make_ready(Thread& thread)
{
    thread.state = Thread::State::running;
    Slice& slice = *thread.carrier;
    bool const busy =
        slice.state != Slice::State::parked || (slice.top != nullptr && slice.top != &thread);
    if (busy)
        return slice.pool->pending.push_back(thread);
    slice.top = &thread;
    enqueue(slice);
}

// Where a slice that becomes ready should wait: at home if it would run there at once, else on a
// hart that has nothing to do.
Hart& Scheduler::place_for(Slice const& slice) const
{
    Hart& home = slice.home != nullptr ? *slice.home : this_hart();
    if (home.slice == nullptr || home.slice->priority < slice.priority)
        return home;
    for (Hart& hart : system.harts)
        if (hart.online && hart.idle)
            return hart;
    return home;
}

// Whether a slice that becomes ready on the hart waits for the quantum of another of its priority.
static bool must_wait(Hart const& hart, Slice const& slice)
{
    bool const shares = hart.slice != nullptr && hart.slice->priority == slice.priority;
    return hart.ready.has_priority(slice.priority) ||
           (shares && arch::Time::read() < hart.quantum_end);
}

void Scheduler::enqueue(Slice& slice)
{
    Hart& hart = place_for(slice);
    if (must_wait(hart, slice))
        slice.process->quanta_waited++;
    slice.home = &hart;
    slice.state = Slice::State::ready;
    hart.ready.push_back(slice);
    if (hart.slice != nullptr && hart.slice->priority > slice.priority)
        return;
    hart.resched = true;
    if (&hart != &this_hart())
        arch::sbi::send_ipi(hart.id);
}

void Scheduler::withdraw(Slice& slice)
{
    if (slice.state == Slice::State::ready)
        slice.home->ready.remove(slice);
    slice.state = Slice::State::parked;
    slice.top = nullptr;
}

// The current slice leaves the hart; the caller says what becomes of it.
void Scheduler::stop(Hart& hart)
{
    account(hart);
    arch::put_away_fp(hart);
    Slice& slice = *hart.slice;
    slice.top = hart.current;
    slice.top->carrier = &slice;
    Ticks const now = arch::Time::read();
    slice.quantum_left = hart.quantum_end > now ? hart.quantum_end - now : 0;
    hart.current = nullptr;
    hart.slice = nullptr;
}

void Scheduler::park_current(Hart& hart)
{
    Slice& slice = *hart.slice;
    stop(hart);
    slice.state = Slice::State::parked;
}

void Scheduler::drop_current(Hart& hart)
{
    Slice& slice = *hart.slice;
    park_current(hart);
    slice.top = nullptr;
    if (slice.pool == nullptr)
        return;
    if (Thread* const next = slice.pool->pending.take_front())
        make_ready(*next);
}

void Scheduler::continue_with(Hart& hart, Thread& thread)
{
    account(hart);
    thread.state = Thread::State::running;
    hart.current = &thread;
}

void Scheduler::yield(Hart& hart)
{
    hart.quantum_end = 0;
    hart.resched = true;
}

Slice* Scheduler::best_for(Hart const& hart) const
{
    Slice* best = hart.ready.best();
    if (best != nullptr || hart.slice != nullptr)
        return best;
    for (Hart const& other : system.harts) {  // nothing of its own: take what others have
        Slice* const slice = other.online ? other.ready.best() : nullptr;
        if (slice != nullptr && (best == nullptr || slice->priority > best->priority))
            best = slice;
    }
    return best;
}

void Scheduler::start(Hart& hart, Slice& slice)
{
    slice.home->ready.remove(slice);
    slice.home = &hart;
    slice.state = Slice::State::running;
    hart.slice = &slice;
    account(hart);
    hart.current = slice.top;
    Ticks const left = slice.quantum_left != 0 ? slice.quantum_left : quantum;
    hart.quantum_end = arch::Time::read() + left;
}

// If there is more to run than those harts can that are awake, another one takes it. Each hart that
// wakes up looks again: one that was called twice has come once.
void Scheduler::wake_idle_hart() const
{
    Hart const* idle = nullptr;
    bool is_anything_ready = false;
    for (std::size_t i = 0; i < system.hart_count; i++) {
        Hart const& hart = system.harts[i];
        if (hart.online && hart.idle)
            idle = &hart;
        is_anything_ready = is_anything_ready || hart.ready.best() != nullptr;
    }
    if (idle != nullptr && is_anything_ready)
        arch::sbi::send_ipi(idle->id);
}

void Scheduler::choose(Hart& hart)
{
    if (hart.current != nullptr && !hart.resched)
        return;
    hart.resched = false;
    Slice* const best = best_for(hart);
    if (best == nullptr)
        return;
    if (Slice* const running = hart.slice) {
        bool const expired = arch::Time::read() >= hart.quantum_end;
        if (best->priority < running->priority)
            return;
        if (best->priority == running->priority && !expired)
            return;
        stop(hart);
        running->state = Slice::State::ready;
        if (expired) {
            running->quantum_left = 0;
            if (hart.ready.has_priority(running->priority))
                running->process->quanta_waited++;
            hart.ready.push_back(*running);
        } else {
            hart.ready.push_front(*running);
        }
    }
    start(hart, *best);
    wake_idle_hart();
}

Ticks Scheduler::next_deadline(Hart const& hart) const
{
    Ticks const timer = hart.timers.next();
    if (hart.slice == nullptr || !hart.ready.has_priority(hart.slice->priority))
        return timer;
    return timer < hart.quantum_end ? timer : hart.quantum_end;
}

}  // namespace kernel
