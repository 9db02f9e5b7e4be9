// Lending edges between slices, and what follows from them: who pays, at which priority.
#include "kernel/sched/lending.hpp"
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/kernel.hpp"
#include "kernel/sched/measured.hpp"

namespace kernel::lending {

namespace {

// A busy worker has a caller, has detached one, or takes an event. Only in the middle of a fast
// call or reply, on another hart, has it none of these; that hart waits for nobody.
Thread const* below(Thread const& thread)
{
    for (;;) {
        if (thread.on_pool_slice)
            return nullptr;
        Thread* const caller =
            std::atomic_ref{const_cast<Thread*&>(thread.caller)}.load(std::memory_order_acquire);
        if (caller != nullptr)
            return caller;
        if (thread.lender != nullptr || thread.pool->has_idle(thread))
            return thread.lender;
        arch::pause();
    }
}

// The best of those that lend to the slice and can pay.
Slice const* best_lender(Slice const& slice)
{
    Slice const* best = nullptr;
    for (Slice const& lender : slice.lenders)
        if (lender.payer != nullptr && (best == nullptr || lender.priority > best->priority))
            best = &lender;
    return best;
}

struct Standing {
    Slice* payer;
    std::uint32_t priority;
    bool operator==(Standing const&) const = default;
};

Standing standing_of(Slice& slice, Ticks now)
{
    bool const can_pay = !slice.budget.is_empty(now);
    Slice const* const lender = best_lender(slice);
    if (lender == nullptr)
        return {can_pay ? &slice : nullptr, slice.base_priority};
    std::uint32_t const own = can_pay ? slice.base_priority : 0;
    return {lender->payer, std::max(own, lender->priority)};
}

// The one that runs, or would, for the slice.
Slice& last_of(Slice& slice)
{
    Slice* last = &slice;
    while (last->lent_to != nullptr)
        last = last->lent_to;
    return *last;
}

void wait_for_refill(Slice& slice, Ticks now)
{
    if (slice.budget.is_empty(now) && slice.refill.queue == nullptr)
        this_hart().arm(slice.refill, slice.budget.next_refill());
}

}  // namespace

Slice& slice_of(Thread const& thread)
{
    Thread const* root = &thread;
    while (root->pool != nullptr) {
        Thread const* const next = below(*root);
        if (next == nullptr)
            return root->pool->slice;
        root = next;
    }
    return const_cast<Slice&>(root->own_slice);
}

bool leads_to(Slice const& to, Slice const& from)
{
    for (Slice const* slice = &to; slice != nullptr; slice = slice->lent_to)
        if (slice == &from)
            return true;
    return false;
}

void lend(Slice& slice, Thread& awaited)
{
    Slice& to = slice_of(awaited);
    if (!measured::has_lending || leads_to(to, slice))
        return;  // a worker that has become idle just now, on another hart, which will serve()
    slice.state = Slice::State::lent;
    slice.lent_to = &to;
    slice.awaited = &awaited;
    if (awaited.pool != nullptr)
        awaited.pool->helpers++;
    to.lenders.push_back(slice);
    settle(slice);
    settle(to);
}

void take_back(Slice& slice)
{
    if (slice.state != Slice::State::lent)
        return;
    Slice& to = *std::exchange(slice.lent_to, nullptr);
    Thread const& awaited = *std::exchange(slice.awaited, nullptr);
    if (awaited.pool != nullptr)
        awaited.pool->helpers--;
    slice.state = Slice::State::parked;
    to.lenders.remove(slice);
    settle(to);
}

void follow(Slice& from)
{
    for (Slice& slice : from.lenders) {
        Thread& awaited = *slice.awaited;
        Slice& to = slice_of(awaited);
        if (&to == &from)
            continue;
        take_back(slice);
        if (!leads_to(to, slice))
            lend(slice, awaited);
    }
    settle(from);
}

void turn_away(Slice& slice, Thread const& awaited)
{
    for (Slice& lender : slice.lenders)
        if (lender.awaited == &awaited)
            take_back(lender);
}

[[gnu::noinline]] void settle(Slice& slice)
{
    Ticks const now = arch::Time::read();
    system.scheduler.pay(last_of(slice), now);
    for (Slice* at = &slice; at != nullptr; at = at->lent_to) {
        Standing const found = standing_of(*at, now);
        wait_for_refill(*at, now);
        if (found == Standing{at->payer, at->priority})
            return;
        system.scheduler.change_standing(*at, found.payer, found.priority);
    }
}

}  // namespace kernel::lending
