// Idle workers, and what they are given to do.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/ipc/ipc.hpp"

namespace kernel::ipc {

void begin_queued(Pool& pool, Thread& worker);

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

void give_idle_worker(Pool& pool, Thread& worker)
{
    worker.state = Thread::State::idle;
    if (this_hart().fp_owner == &worker)
        this_hart().fp_owner = nullptr;
    worker.carrier = nullptr;
    worker.start_at_entry();
    Thread* none = nullptr;
    auto slot = std::atomic_ref{pool.idle[this_hart().index].worker};
    bool const slot_is_free = !pool.uses_own_slice && slot.compare_exchange_strong(none, &worker);
    if (!slot_is_free)
        pool.idle_workers.push_back(worker);
}

namespace {

void take_event(Pool& pool, Thread& worker)
{
    worker.start_at_entry();
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
    worker.event_start = worker.cycles;
    worker.carrier = &pool.slice;
    system.scheduler.make_ready(worker);
}

}  // namespace

void serve(Pool& pool)
{
    bool const alive = pool.process != nullptr;
    while (alive) {
        bool const slice_is_free =
            pool.slice.state == Slice::State::parked && pool.slice.top == nullptr;
        bool const event = pool.has_events() && slice_is_free;
        bool const waiter = !pool.waiters.empty() && (slice_is_free || !pool.uses_own_slice);
        if (!event && !waiter)
            break;
        // A worker on its way to its slot sees this, or we see the worker there.
        std::atomic_ref{pool.attention}.store(1, std::memory_order_relaxed);
        arch::fence_all();
        Thread* const worker = take_idle_worker(pool);
        if (worker == nullptr)
            break;
        if (event)
            take_event(pool, *worker);
        else
            begin_queued(pool, *worker);
    }
    bool const more = alive && (pool.has_events() || !pool.waiters.empty());
    std::atomic_ref{pool.attention}.store(more ? 1 : 0, std::memory_order_relaxed);
}

void resume(Pool& pool)
{
    bool const slice_is_free =
        pool.slice.state == Slice::State::parked && pool.slice.top == nullptr;
    if (slice_is_free)
        if (Thread* const next = pool.pending.take_front())
            system.scheduler.make_ready(*next);
    serve(pool);
}

void signal(Notification& notification, std::uint64_t bits)
{
    notification.pending |= bits;
    if (notification.pending == 0)
        return;
    if (Thread* const waiter = notification.waiters.take_front()) {
        TimerQueue::disarm(waiter->deadline);
        waiter->waiting_for = nullptr;
        waiter->finish_call(std::to_underlying(Status::ok));
        waiter->x[reg::a1] = notification.take_bits();
        system.scheduler.make_ready(*waiter);
        return notification.drop_reference();
    }
    Pool* const pool = notification.pool;
    if (pool == nullptr || notification.queued)
        return;
    notification.queued = true;
    pool->notifications.push_back(notification);
    serve(*pool);
}

namespace {

// Whether a worker serves the endpoint. Calls visit(worker) for each.
template <class Visit>
bool for_each_user(Endpoint const& endpoint, Visit visit)
{
    bool used = false;
    auto const& workers = endpoint.home->workers;
    for (Thread* worker = workers.front(); worker != nullptr; worker = workers.next(*worker)) {
        if (worker->serving == &endpoint) {
            used = true;
            visit(*worker);
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
