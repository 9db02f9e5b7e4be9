// Decides what each hart runs.
#include "kernel/sched/scheduler.hpp"
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/fp.hpp"
#include "kernel/arch/riscv64/sbi.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/kernel.hpp"
#include "kernel/sched/lending.hpp"

namespace kernel {

void account(Hart& hart)
{
    std::uint64_t const now = arch::Cycle::read();
    if (hart.current != nullptr)
        hart.current->cycles += now - hart.stamp;
    hart.stamp = now;
}

void request_choice(Hart& hart)
{
    hart.resched = true;
    if (&hart != &this_hart())
        arch::sbi::send_ipi(hart.id);
}

void Scheduler::make_ready(Thread& thread)
{
    thread.state = Thread::State::running;
    Slice& slice = *thread.carrier;
    if (slice.top == nullptr)
        lending::take_back(slice);  // of a pool: this comes before what it waits for
    bool const busy =
        slice.state != Slice::State::parked || (slice.top != nullptr && slice.top != &thread);
    if (busy)
        return slice.pool->pending.push_back(thread);
    slice.top = &thread;
    activate(slice);
}

void Scheduler::activate(Slice& slice)
{
    lending::settle(slice);
    if (slice.payer != nullptr)
        return enqueue(slice);
    slice.state = Slice::State::depleted;
}

namespace {

bool may_run_on(Slice const& slice, Hart const& hart)
{
    return hart.online && (slice.allowed_harts & hart.bit) != 0;
}

bool would_run_at_once(Slice const& slice, Hart const& hart)
{
    return may_run_on(slice, hart) &&
           (hart.slice == nullptr || hart.slice->priority < slice.priority);
}

// Whether a slice that becomes ready on the hart waits for the quantum of another of its priority.
bool must_wait(Hart const& hart, Slice const& slice)
{
    bool const shares = hart.slice != nullptr && hart.slice->priority == slice.priority;
    return hart.ready.has_priority(slice.priority) ||
           (shares && arch::Time::read() < hart.quantum_end);
}

}  // namespace

// Where a slice that becomes ready should wait: at home if it would run there at once, else on a
// hart that has nothing to do, else on one that does something less urgent.
Hart& Scheduler::place_for(Slice const& slice) const
{
    Hart* const home = slice.home != nullptr ? slice.home : &this_hart();
    if (would_run_at_once(slice, *home))
        return *home;
    Hart* best = may_run_on(slice, *home) ? home : nullptr;
    for (Hart& hart : system.harts) {
        if (!may_run_on(slice, hart))
            continue;
        if (system.is_idle(hart))
            return hart;
        if (best == nullptr || (would_run_at_once(slice, hart) && !would_run_at_once(slice, *best)))
            best = &hart;
    }
    return best != nullptr ? *best : *home;
}

void Scheduler::enqueue(Slice& slice)
{
    Hart& hart = place_for(slice);
    if (must_wait(hart, slice))
        slice.process->quanta_waited++;
    slice.home = &hart;
    slice.state = Slice::State::ready;
    hart.ready.push_back(slice);
    if (hart.slice == nullptr || hart.slice->priority <= slice.priority)
        request_choice(hart);
}

void Scheduler::withdraw(Slice& slice)
{
    if (slice.state == Slice::State::ready)
        slice.home->ready.remove(slice);
    if (slice.state == Slice::State::lent)
        lending::take_back(slice);
    slice.state = Slice::State::parked;
    slice.top = nullptr;
}

void Scheduler::take_off(Hart& hart)
{
    Slice& slice = *hart.slice;
    pay(slice, arch::Time::read());
    hart.current = nullptr;
    hart.slice = nullptr;
    hart.resched = true;
    slice.state = Slice::State::parked;
    slice.top = nullptr;
}

Ticks Scheduler::count(Hart& hart, Slice& slice, Ticks now)
{
    Ticks const used = now - std::min(now, hart.paid_until);
    hart.paid_until = now;
    slice.ran += used;
    return used;
}

void Scheduler::pay(Slice& slice, Ticks now)
{
    if (slice.state != Slice::State::running)
        return;
    Ticks const used = count(*slice.home, slice, now);
    if (slice.payer != nullptr)
        slice.payer->budget.use(used, now);
}

void Scheduler::change_standing(Slice& slice, Slice* payer, std::uint32_t priority)
{
    bool const was_ready = slice.state == Slice::State::ready;
    if (was_ready)
        slice.home->ready.remove(slice);
    slice.payer = payer;
    slice.priority = priority;
    if (slice.state == Slice::State::running) {
        request_choice(*slice.home);
    } else if (was_ready || slice.state == Slice::State::depleted) {
        slice.state = Slice::State::depleted;
        if (payer != nullptr)
            enqueue(slice);
    }
}

void Scheduler::change_place(Slice& slice)
{
    if (slice.state == Slice::State::ready) {
        slice.home->ready.remove(slice);
        enqueue(slice);
    } else if (slice.state == Slice::State::running) {
        request_choice(*slice.home);
    }
}

// The slice keeps its thread, and what is left of its quantum.
void Scheduler::leave_top(Hart& hart, Slice& slice, Ticks now)
{
    account(hart);
    slice.top = hart.current;
    slice.top->carrier = &slice;
    slice.quantum_left = hart.quantum_end > now ? hart.quantum_end - now : 0;
}

// The current slice leaves the hart; the caller says what becomes of it.
void Scheduler::stop(Hart& hart)
{
    arch::put_away_fp(hart);
    Slice& slice = *hart.slice;
    Ticks const now = arch::Time::read();
    leave_top(hart, slice, now);
    pay(slice, now);
    if (slice.payer != nullptr && slice.payer != &slice)
        lending::settle(*slice.payer);
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
        Slice* const slice = other.online ? other.ready.best_for(hart.bit) : nullptr;
        if (slice != nullptr && (best == nullptr || slice->priority > best->priority))
            best = slice;
    }
    return best;
}

[[gnu::always_inline]] inline void Scheduler::set_budget_end(Hart& hart, Ticks now) const
{
    Ticks const left = hart.slice->payer->budget.available(now);
    hart.budget_end = left > abi::never - now ? abi::never : now + left;
    hart.looks_again = std::min(hart.budget_end, hart.next_sample);
}

void Scheduler::take_up(Hart& hart, Slice& slice, Ticks now)
{
    slice.home = &hart;
    slice.state = Slice::State::running;
    hart.slice = &slice;
    hart.current = slice.top;
    Ticks const left = slice.quantum_left != 0 ? slice.quantum_left : quantum;
    hart.quantum_end = now + left;
    hart.paid_until = now;
}

// If there is more to run than those harts can that are awake, another one takes it. Each hart that
// wakes up looks again: one that was called twice has come once.
void Scheduler::wake_idle_hart() const
{
    if (system.idle_harts == 0) [[likely]]
        return;
    for (Hart const& idle : system.harts) {
        if (!system.is_idle(idle))
            continue;
        for (Hart const& busy : system.harts)
            if (busy.ready.best_for(idle.bit) != nullptr)
                return arch::sbi::send_ipi(idle.id);
    }
}

// If who pays for the current slice has nothing left, and nobody else pays, it stops.
void Scheduler::end_overrun(Hart& hart)
{
    Ticks const now = arch::Time::read();
    if (hart.slice->payer != nullptr && now >= hart.budget_end)
        lending::settle(*hart.slice->payer);
    while (hart.slice != nullptr && hart.slice->payer == nullptr && ipc::move_overrun(hart)) {
    }
    if (hart.slice == nullptr)
        return;
    if (hart.slice->payer != nullptr)
        return set_budget_end(hart, hart.paid_until);
    Slice& slice = *hart.slice;
    stop(hart);
    slice.state = Slice::State::depleted;
}

// The slice makes room for another one.
void Scheduler::put_in_queue(Hart& hart, Slice& slice)
{
    slice.state = Slice::State::ready;
    if (slice.quantum_left == 0) {
        if (hart.ready.has_priority(slice.priority))
            slice.process->quanta_waited++;
        hart.ready.push_back(slice);
    } else {
        hart.ready.push_front(slice);
    }
}

void Scheduler::choose(Hart& hart)
{
    if (hart.current != nullptr && !hart.resched)
        return;
    hart.resched = false;
    if (hart.slice != nullptr && !may_run_on(*hart.slice, hart)) {
        Slice& slice = *hart.slice;
        stop(hart);
        slice.state = Slice::State::parked;
        activate(slice);
    }
    if (hart.slice != nullptr)
        end_overrun(hart);
    Slice* const best = best_for(hart);
    if (best == nullptr)
        return;
    if (Slice const* const running = hart.slice) {
        bool const is_equal = best->priority == running->priority;
        if (best->priority < running->priority ||
            (is_equal && arch::Time::read() < hart.quantum_end))
            return wake_idle_hart();  // it is here because it was to run at once
        Slice& slice = *hart.slice;
        stop(hart);
        put_in_queue(hart, slice);
    }
    best->home->ready.remove(*best);
    Ticks const now = arch::Time::read();
    take_up(hart, *best, now);
    set_budget_end(hart, now);
    wake_idle_hart();
}

bool Scheduler::can_switch_to(Hart const& hart, Thread const& thread) const
{
    Slice const& current = *hart.slice;
    Slice const& next = *thread.carrier;
    return next.top == &thread && next.state == Slice::State::parked && next.home == &hart &&
           (next.allowed_harts & hart.bit) != 0 && next.priority > current.priority &&
           next.lenders.empty() && !next.budget.is_limited() && current.payer == &current &&
           !current.budget.is_limited() && !hart.resched && hart.fp_owner == nullptr;
}

// All that can_switch_to() has ruled out is left out here: a path that calls nothing needs no
// registers of its own.
void Scheduler::switch_to(Hart& hart, Thread& thread)
{
    Ticks const now = arch::Time::read();
    Slice& slice = *hart.slice;
    leave_top(hart, slice, now);
    (void)count(hart, slice, now);
    put_in_queue(hart, slice);
    thread.state = Thread::State::running;
    take_up(hart, *thread.carrier, now);
    hart.budget_end = abi::never;
    hart.looks_again = hart.next_sample;
}

// All times are multiples of the period, so that those that a hart sleeps through are of nobody. It
// is no multiple of the quantum, or of what programs like to wait for.
void Scheduler::sample(Hart& hart) const
{
    Ticks const now = arch::Time::read();
    if (now < hart.next_sample)
        return;
    Ticks const period = quantum + quantum / 7;
    hart.next_sample = now - now % period + period;
    if (hart.slice != nullptr)
        hart.slice->process->add_visit(hart.current->process->report->number, period);
}

Ticks Scheduler::next_deadline(Hart const& hart) const
{
    Ticks const timer = hart.timers.next();
    if (hart.slice == nullptr)
        return timer;
    Ticks const earliest = std::min(hart.looks_again, timer);
    if (!hart.ready.has_priority(hart.slice->priority))
        return earliest;
    return std::min(earliest, hart.quantum_end);
}

}  // namespace kernel
