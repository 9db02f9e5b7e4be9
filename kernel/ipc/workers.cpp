// Idle workers, and what they are given to do.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/traps.hpp"
#include "kernel/ipc/chain.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/sched/lending.hpp"
#include <algorithm>

namespace kernel::ipc {

void begin_queued(Pool& pool, Thread& caller, Thread& worker);

Thread* take_idle_worker(Pool& pool)
{
    if (Thread* const worker = pool.idle_workers.take_front())
        return worker;
    auto const take = [](Pool::IdleSlot& slot) {
        return std::atomic_ref{slot.worker}.exchange(nullptr);
    };
    if (Thread* const worker = take(pool.idle_slot(this_hart())))
        return worker;
    for (Pool::IdleSlot& slot : pool.idle)
        if (Thread* const worker = take(slot))
            return worker;
    return nullptr;
}

void announce_waiter(Pool& pool)
{
    std::atomic_ref{pool.attention}.store(1, std::memory_order_relaxed);
    arch::fence_all();
}

namespace {

// Keeps slots free for the handles of the next call, as far as there are any.
void reserve_handles(Pool const& pool, Thread& worker)
{
    std::uint64_t const missing = pool.policy.handles_per_call - worker.reserved_handles;
    if (missing != 0 && worker.process->caps.reserve(missing))
        worker.reserved_handles += missing;
}

}  // namespace

void move_to_pool_slice(Thread& caller, Thread& worker)
{
    caller.call_flags |= Thread::parked_call;
    worker.on_pool_slice = true;
    worker.event_start = worker.cycles;
    worker.carrier = &worker.pool->slice;
}

void give_idle_worker(Pool& pool, Thread& worker)
{
    worker.on_pool_slice = false;
    worker.cancelled = false;
    worker.charges_caller = false;
    reserve_handles(pool, worker);
    if (this_hart().fp_owner == &worker)
        this_hart().fp_owner = nullptr;
    worker.carrier = nullptr;
    Thread* none = nullptr;
    auto slot = std::atomic_ref{pool.idle[this_hart().index].worker};
    worker.state = Thread::State::running;
    bool const slot_is_free = !pool.is_slow() && slot.compare_exchange_strong(none, &worker);
    if (slot_is_free)
        return;
    worker.state = Thread::State::idle;
    pool.idle_workers.push_back(worker);
}

namespace {

void take_event(Pool& pool, Thread& worker)
{
    worker.start_at_entry();
    worker.serving = nullptr;
    worker.x[reg::a1] = abi::MessageHeader::event_flag;
    if (Notification* const notification = pool.notifications.take_front()) {
        notification->queued = false;
        worker.x[reg::a0] = notification->badge;
        worker.x[reg::a2] = std::to_underlying(abi::Event::notification);
        worker.x[reg::a3] = notification->take_bits();
    } else {
        Endpoint* const endpoint = pool.closed.take_front();
        worker.x[reg::a0] = endpoint->badge;
        worker.x[reg::a2] = std::to_underlying(abi::Event::closed);
        endpoint->drop_reference();
    }
    pool.event_count++;
    worker.on_pool_slice = true;
    worker.event_start = worker.cycles;
    worker.carrier = &pool.slice;
    system.scheduler.make_ready(worker);
}

// The first caller that may go on: an endpoint with an abandoned call in it takes no other.
Thread* next_waiter(Pool const& pool)
{
    if (pool.uses_own_slice() && !pool.slice_is_free())
        return nullptr;
    for (Thread& caller : pool.waiters)
        if (caller.target->abandoned_calls == 0)
            return &caller;
    return nullptr;
}

// Who waited for this worker waits for another one now, or for the same on another slice.
void help_again(Pool& pool, Thread const& worker)
{
    for (Thread& caller : pool.waiters) {
        if (caller.carrier->top == &caller && caller.carrier->awaited == &worker)
            lending::take_back(*caller.carrier);
        help_worker(caller);
    }
}

// With events and no worker for them, the pool's slice helps a busy one.
void help_with_events(Pool& pool)
{
    if (!pool.has_events() || !pool.slice.is_free())
        return;
    for (Thread& worker : pool.workers) {
        bool const busy = !pool.has_idle(worker) && worker.state != Thread::State::dead;
        if (busy && !lending::leads_to(lending::slice_of(worker), pool.slice))
            return lending::lend(pool.slice, worker);
    }
}

}  // namespace

void serve(Pool& pool)
{
    bool const alive = pool.process != nullptr;
    while (alive) {
        bool const event = pool.has_events() && pool.slice_is_free();
        Thread* const waiter = event ? nullptr : next_waiter(pool);
        if (!event && waiter == nullptr)
            break;
        announce_waiter(pool);  // a worker on its way to its slot sees this, or we see it there
        Thread* const worker = take_idle_worker(pool);
        if (worker == nullptr)
            break;
        if (event)
            take_event(pool, *worker);
        else
            begin_queued(pool, *waiter, *worker);
        help_again(pool, *worker);
    }
    bool const more = alive && (pool.has_events() || !pool.waiters.empty());
    if (more)
        help_with_events(pool);
    bool const is_watched = more || pool.helpers != 0;
    std::atomic_ref{pool.attention}.store(is_watched ? 1 : 0, std::memory_order_relaxed);
}

void resume(Pool& pool)
{
    if (pool.slice_is_free())
        if (Thread* const next = pool.pending.take_front())
            system.scheduler.make_ready(*next);
    serve(pool);
    for (Thread& caller : pool.waiters)
        help_worker(caller);  // the one that it helped may have gone
}

namespace {

// The rest of a signal, if the hart does not go to the waiter at once.
[[noreturn, gnu::noinline]] void end_signal(Hart& hart, Notification& notification)
{
    signal(notification, 0);
    hart.current->finish_call(std::to_underlying(Status::ok));
    leave_kernel(hart);
}

// Somebody waits, and nothing is in the way of his going on at once.
bool is_plain(Hart const& hart, Notification const& notification)
{
    Thread const* const waiter = notification.waiters.front();
    return waiter != nullptr && notification.pending.load(std::memory_order_relaxed) != 0 &&
           notification.timers.empty() && waiter->deadline.queue == nullptr &&
           waiter->buffer->upcall.bits == 0 && system.reclaimer.is_idle() &&
           system.scheduler.can_switch_to(hart, *waiter);
}

// Whether a worker serves the endpoint. Calls visit(worker) for each.
template <class Visit>
bool for_each_user(Endpoint const& endpoint, Visit visit)
{
    bool used = false;
    for (Thread& worker : endpoint.home->workers) {
        if (worker.serving == &endpoint && !endpoint.home->has_idle(worker)) {
            used = true;
            visit(worker);
        }
    }
    return used;
}

// If the endpoint is in use, the last reply through it will come the slow way, and see it.
bool is_in_use(Endpoint const& endpoint)
{
    if (!for_each_user(endpoint, [](Thread&) {}))
        return false;
    stop_other_harts(this_hart());  // one of them may be replying
    return for_each_user(endpoint, [](Thread& worker) {
        if (worker.caller != nullptr)
            worker.caller->call_flags |= Thread::closes_endpoint;
    });
}

}  // namespace

// A hot path: with all that it calls in place.
[[gnu::flatten]] void signal_and_leave(Hart& hart, Notification& notification)
{
    if (!is_plain(hart, notification)) [[unlikely]]
        end_signal(hart, notification);
    Thread& waiter = *notification.waiters.take_front();
    if (notification.waiters.empty())
        notification.settle_attention();
    waiter.waiting_for = nullptr;
    std::uint64_t const bits = notification.pending.exchange(0, std::memory_order_acquire);
    hart.current->finish_call(std::to_underlying(Status::ok));
    system.scheduler.switch_to(hart, waiter);
    system.scheduler.wake_idle_hart();
    notification.drop_reference();
    leave_to(hart, waiter, bits);
}

void signal(Notification& notification, std::uint64_t bits)
{
    notification.pending.fetch_or(bits, std::memory_order_release);
    if (notification.pending == 0)
        return;
    if (Thread* const waiter = notification.waiters.front())
        return end_wait(*waiter, Status::ok, notification.take_bits());
    Pool* const pool = notification.pool;
    if (pool == nullptr || notification.queued)
        return;
    notification.queued = true;
    pool->notifications.push_back(notification);
    serve(*pool);
}

bool retire(Object& object)
{
    if (object.type() != ObjectType::endpoint)
        return false;
    auto& endpoint = static_cast<Endpoint&>(object);
    if (endpoint.close_queued || endpoint.home == nullptr)
        return false;
    if (!endpoint.close_waits)
        endpoint.add_reference();  // dropped when the server has been told
    endpoint.is_known_again();
    endpoint.close_waits = is_in_use(endpoint);
    if (endpoint.close_waits)
        return true;
    endpoint.close_queued = true;
    if (endpoint.is_revoked) {
        endpoint.drop_reference();
        return true;
    }
    endpoint.home->closed.push_back(endpoint);
    serve(*endpoint.home);
    return true;
}

}  // namespace kernel::ipc
