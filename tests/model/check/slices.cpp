// Slices and pools.
#include "tests/model/check/survey.hpp"

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

// A slice is in exactly one of ready, running and parked. `top` is where its chain ends.
void check_slice(Slice const& slice, Thread const* top)
{
    unsigned const running = slice.state == State::running ? 1 : 0;
    unsigned const ready = slice.state == State::ready ? 1 : 0;
    require(harts_with(slice) == running, "a slice that runs is on one hart", &slice);
    require(queues_with(slice) == ready, "a slice that is ready is in one queue", &slice);
    if (running != 0) {
        require(slice.home->slice == &slice, "a slice runs at home", &slice);
        require(top == nullptr || slice.home->current == top, "the top of a slice runs", &slice);
        return;
    }
    if (ready != 0) {
        require(top == nullptr || slice.top == top, "a slice knows the top of its chain", &slice);
        require(slice.top->carrier == &slice, "a top knows its slice", &slice);
        require(slice.top->state == Thread::State::running, "a top that is ready can run", &slice);
        return;
    }
    if (top != nullptr)
        require(top->state != Thread::State::running, "who can run has a slice that can", top);
}

void check_own_slice(Thread& thread)
{
    Thread const& top = top_of(thread);
    check_slice(thread.own_slice, &top);
    if (thread.own_slice.state != State::running)
        require(top.carrier == &thread.own_slice, "a chain is on the slice it began on", &top);
}

bool is_free(Slice const& slice) { return slice.state == State::parked && slice.top == nullptr; }

bool has_idle_worker(Pool const& pool)
{
    for (Pool::IdleSlot const& slot : pool.idle)
        if (slot.worker != nullptr)
            return true;
    return !pool.idle_workers.empty();
}

void check_pool(Pool const& pool)
{
    Slice const& slice = pool.slice;
    check_slice(slice, nullptr);
    if (pool.process == nullptr) {
        require(slice.state == State::parked, "the slice of a pool that has ended rests", &pool);
        return;
    }
    walk(pool.pending, [&](Thread const& thread) {
        require(thread.carrier == &slice, "what a pool's slice will run is on it", &thread);
    });
    bool const free = is_free(slice);
    require(!free || pool.pending.empty(), "a free slice takes what waits for it", &pool);
    bool const wanted = pool.has_events() || !pool.waiters.empty();
    require(!wanted || pool.attention != 0, "who wants a worker has set `attention`", &pool);
    bool const could_serve = pool.has_events() ? free : free || !pool.uses_own_slice;
    require(!wanted || !could_serve || !has_idle_worker(pool),
            "who wants a worker gets one that is idle", &pool);
    walk(pool.workers, [&](Thread const& worker) {
        require(known(worker).pool == &pool, "a worker knows its pool", &worker);
    });
}

}  // namespace

void check_slices()
{
    for_each<Thread>([](Thread& thread) {
        if (is_alive(thread) && thread.pool == nullptr)
            check_own_slice(thread);
        else
            check_slice(thread.own_slice, nullptr);
        if (!is_alive(thread) || thread.pool != nullptr)
            require(thread.own_slice.state == State::parked, "a slice that nobody has rests",
                    &thread);
    });
}

void check_pools()
{
    for_each<Pool>([](Pool& pool) { check_pool(pool); });
}

}  // namespace model
