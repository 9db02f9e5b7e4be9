// Pools: that nobody waits in vain.
#include "tests/model/check/survey.hpp"

namespace model {

namespace {

bool has_idle_worker(Pool const& pool)
{
    for (Pool::IdleSlot const& slot : pool.idle)
        if (slot.worker != nullptr)
            return true;
    return !pool.idle_workers.empty();
}

// Whether a caller in the queue could be given to a worker.
bool could_begin(Pool const& pool, Thread const& waiter)
{
    return waiter.target->abandoned_calls == 0 && (!pool.uses_own_slice() || pool.slice_is_free());
}

void check_pool(Pool const& pool)
{
    check_slice(pool.slice);
    if (pool.process == nullptr) {
        require(pool.slice.state == Slice::State::parked,
                "the slice of a pool that has ended rests", &pool);
        return;
    }
    walk(pool.pending, [&](Thread const& thread) {
        require(thread.carrier == &pool.slice, "what a pool's slice will run is on it", &thread);
    });
    bool const free = pool.slice_is_free();
    require(!free || pool.pending.empty(), "a free slice takes what waits for it", &pool);
    bool const wanted = pool.has_events() || !pool.waiters.empty();
    require(!wanted || pool.attention != 0, "who wants a worker has set `attention`", &pool);
    bool const has_idle = has_idle_worker(pool);
    require(!pool.has_events() || !free || !has_idle, "an event gets an idle worker", &pool);
    walk(pool.waiters, [&](Thread const& waiter) {
        require(!could_begin(pool, waiter) || !has_idle || (pool.has_events() && !free),
                "a caller gets an idle worker", &waiter);
    });
    walk(pool.workers, [&](Thread const& worker) {
        require(known(worker).pool == &pool, "a worker knows its pool", &worker);
    });
}

void check_endpoint(Endpoint const& endpoint)
{
    unsigned abandoned = 0;
    if (endpoint.home != nullptr)
        walk(endpoint.home->workers, [&](Thread const& worker) {
            abandoned += worker.serving == &endpoint && worker.cancelled ? 1 : 0;
        });
    require(endpoint.home == nullptr || endpoint.abandoned_calls == abandoned,
            "an endpoint counts the calls that were abandoned in it", &endpoint);
    bool const is_open = endpoint.home != nullptr && !endpoint.is_revoked && abandoned == 0;
    require(endpoint.pool == (is_open ? endpoint.home : nullptr),
            "an endpoint takes calls unless it was revoked, or one was abandoned in it", &endpoint);
}

}  // namespace

void check_pools()
{
    for_each<Pool>([](Pool& pool) { check_pool(pool); });
    for_each<Endpoint>([](Endpoint& endpoint) { check_endpoint(endpoint); });
}

}  // namespace model
