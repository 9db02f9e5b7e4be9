// Slices: in which state, on which hart, lent to whom, paid by whom.
#include "kernel/sched/lending.hpp"
#include "tests/model/check/survey.hpp"
#include <algorithm>

namespace model {

namespace {

using State = Slice::State;

unsigned harts_with(Slice const& slice)
{
    unsigned count = 0;
    for (Hart const& hart : system.harts)
        count += hart.slice == &slice ? 1 : 0;
    return count;
}

unsigned queues_with(Slice const& slice)
{
    unsigned count = 0;
    for (Hart const& hart : system.harts)
        for (auto const& list : hart.ready.lists_)
            walk(list, [&](Slice& found) { count += &found == &slice ? 1 : 0; });
    return count;
}

void check_top(Slice const& slice)
{
    require(slice.top != nullptr, "a slice that could run has a top", &slice);
    require(slice.top->carrier == &slice, "a top knows its slice", &slice);
    require(slice.top->state == Thread::State::running, "a top that is to run can", &slice);
}

// A slice is in exactly one state, and in the queue that belongs to it.
void check_state(Slice const& slice)
{
    unsigned const running = slice.state == State::running ? 1 : 0;
    unsigned const ready = slice.state == State::ready ? 1 : 0;
    require(harts_with(slice) == running, "a slice that runs is on one hart", &slice);
    require(queues_with(slice) == ready, "a slice that is ready is in one queue", &slice);
    if (running != 0)
        require(slice.home->slice == &slice, "a slice runs at home", &slice);
    if (ready != 0 || slice.state == State::depleted)
        check_top(slice);
    if (ready != 0)
        require(slice.payer != nullptr, "somebody pays for what is ready", &slice);
    if (slice.state == State::depleted) {
        require(slice.payer == nullptr, "what somebody pays for is not depleted", &slice);
        require(slice.refill.queue != nullptr, "who is depleted waits for a refill", &slice);
    }
}

void check_lending(Slice const& slice)
{
    bool const is_lent = slice.state == State::lent;
    require(is_lent == (slice.lent_to != nullptr) && is_lent == (slice.awaited != nullptr),
            "a slice that is lent knows to whom and why", &slice);
    unsigned lists = 0;
    if (is_lent) {
        require(&lending::slice_of(known(*slice.awaited)) == slice.lent_to,
                "a slice helps the one that carries what it waits for", &slice);
        walk(slice.lent_to->lenders, [&](Slice& lender) { lists += &lender == &slice ? 1 : 0; });
        require(lists == 1, "a borrower knows its lenders", &slice);
    }
    walk(slice.lenders, [&](Slice& lender) {
        require(lender.lent_to == &slice, "a lender knows its borrower", &lender);
    });
    std::size_t steps = 0;
    for (Slice const* at = &slice; at != nullptr; at = at->lent_to)
        require(++steps <= Books::most_rooms, "lending edges are acyclic", &slice);
}

abi::Ticks total_of(kernel::Budget const& budget)
{
    abi::Ticks sum = 0;
    for (std::size_t i = 0; i < budget.count_; i++)
        sum += budget.refills_[i].amount;
    return sum;
}

// What depends on no time: a slice without a limit always pays, for itself at least.
void check_standing(Slice const& slice)
{
    require(!slice.budget.is_limited() || total_of(slice.budget) == slice.budget.amount_,
            "budgets are conserved", &slice);
    if (slice.budget.is_limited())
        return;
    Slice const* best = nullptr;
    walk(slice.lenders, [&](Slice& lender) {
        if (lender.payer != nullptr && (best == nullptr || lender.priority > best->priority))
            best = &lender;
    });
    std::uint32_t const priority =
        best == nullptr ? slice.base_priority : std::max(slice.base_priority, best->priority);
    require(slice.priority == priority, "a slice runs at the best priority of its lenders", &slice);
    Slice const* const payer = best == nullptr ? &slice : best->payer;
    require(slice.payer == payer, "the best lender pays, or the slice itself", &slice);
}

// `top` is where the chain ends that began on the thread's own slice.
void check_own_slice(Slice const& slice, Thread const& top)
{
    bool const can_run = top.state == Thread::State::running;
    require(can_run == slice.wants_to_run(), "who can run has a slice that could", &slice);
    if (slice.state == State::running) {
        require(slice.home->current == &top, "the top of a slice runs", &slice);
        return;
    }
    require(top.carrier == &slice, "a chain is on the slice it began on", &top);
    require(slice.top == &top, "a slice knows the top of its chain", &slice);
}

}  // namespace

void check_slice(Slice const& slice)
{
    check_state(slice);
    check_lending(slice);
    check_standing(slice);
}

void check_slices()
{
    for_each<Thread>([](Thread& thread) {
        check_slice(thread.own_slice);
        if (is_alive(thread) && thread.pool == nullptr)
            check_own_slice(thread.own_slice, top_of(thread));
        else
            require(thread.own_slice.state == State::parked, "a slice that nobody has rests",
                    &thread);
    });
}

}  // namespace model
