// The slow way through `call`: whatever the fast path does not do.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/ipc/chain.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/sched/lending.hpp"
#include <algorithm>
#include <span>

namespace kernel::ipc {

namespace {

// A chain that holds a worker of the pool and waits for another one might wait for itself.
bool holds_worker_of(Pool const& pool, Thread const& top)
{
    for (Thread const* thread = &top; thread != nullptr; thread = client_of(*thread))
        if (thread->pool == &pool)
            return true;
    return false;
}

// Whether a caller through `endpoint` can hope for this worker.
bool is_awaited(Thread const& worker, Endpoint const& endpoint)
{
    return endpoint.abandoned_calls == 0 || (worker.cancelled && worker.serving == &endpoint);
}

struct Help {
    Thread* worker = nullptr;  // to be helped so that the call gets on
    bool is_hopeless = true;   // all workers wait for the slice that wants to help
};

// Looks for a worker that could run, or else for one that waits for something.
Help look_for_help(Pool& pool, Endpoint const& endpoint, Slice const& slice)
{
    Help found;
    for (Thread& worker : pool.workers) {
        if (!is_awaited(worker, endpoint) || worker.state == Thread::State::dead)
            continue;
        if (pool.has_idle(worker)) {  // on its way to a slot: it will find who waits
            found.is_hopeless = false;
            continue;
        }
        Slice const& carrier = lending::slice_of(worker);
        if (lending::leads_to(carrier, slice))
            continue;
        found = {&worker, false};
        if (carrier.wants_to_run())
            break;
    }
    return found;
}

// The last thing before a caller waits: what it asks for can be had, and it has asked for it.
Result<> announce(Thread& caller, Ticks now)
{
    abi::MessageHeader const header{caller.x[reg::a1]};
    if ((header.bits & abi::MessageHeader::deadline_flags) != 0) {
        Ticks const deadline = caller.buffer->deadline;
        if (deadline <= now)
            return fail(Status::timed_out);
        if (deadline != abi::never)
            this_hart().arm(caller.deadline, deadline);
        caller.call_flags |= Thread::has_deadline;
    }
    if ((header.bits & abi::MessageHeader::soft_deadline_flag) != 0)
        caller.call_flags |= Thread::deadline_interrupts;
    if ((header.bits & abi::MessageHeader::lends_quota_flag) != 0) {
        caller.lent_bytes = caller.buffer->lent_bytes;
        caller.call_flags |= Thread::lends_quota;
    }
    TRY(caller.process->caps.reserve(header.accepted_handles()));
    caller.accepted_handles = header.accepted_handles();
    if (caller.accepted_handles != 0)
        caller.call_flags |= Thread::takes_handles;
    return {};
}

}  // namespace

void insert_by_priority(IntrusiveList<Thread, &Thread::link>& queue, Thread& thread)
{
    auto const priority_of = [](Thread const& waiter) {
        return waiter.carrier != nullptr ? waiter.carrier->priority : 0;
    };
    Thread* place = queue.front();
    while (place != nullptr && priority_of(*place) >= priority_of(thread))
        place = queue.next(*place);
    queue.insert_before(place, thread);
}

void help_worker(Thread& caller)
{
    Slice& slice = *caller.carrier;
    if (slice.top != &caller || slice.state != Slice::State::parked)
        return;
    Pool& pool = *caller.target->home;
    if (pool.uses_own_slice())
        return;
    if (Thread* const worker = look_for_help(pool, *caller.target, slice).worker)
        lending::lend(slice, *worker);
}

// Puts the worker at its pool's entry with the caller's message.
Result<> begin(Thread& caller, Thread& worker, Endpoint& endpoint)
{
    std::uint64_t const* const message = caller.outgoing();
    std::uint64_t const header =
        TRY(transfer(caller, worker, message[0] & ~abi::MessageHeader::caller_flags));

    worker.start_at_entry();
    worker.x[reg::a0] = endpoint.badge;
    worker.x[reg::a1] = header;
    for (std::size_t i = reg::a2; i < reg::a7; i++)
        worker.x[i] = message[i - reg::a1];

    if (worker.pool->is_slow() || worker.reserved_handles < worker.pool->policy.handles_per_call)
        caller.call_flags |= Thread::slow_worker;
    caller.state = Thread::State::calling;
    caller.callee = &worker;
    worker.caller = &caller;
    worker.serving = &endpoint;
    worker.state = Thread::State::running;
    return {};
}

namespace {

Result<> check_budget(Hart& hart, Ticks least)
{
    Slice& slice = *hart.slice;
    Ticks const now = arch::Time::read();
    system.scheduler.pay(slice, now);
    bool const enough = slice.payer != nullptr && slice.payer->budget.available(now) >= least;
    return enough ? Result<>{} : fail(Status::no_budget);
}

Result<> enter_queue(Hart& hart, Pool& pool, Endpoint& endpoint)
{
    Thread& caller = *hart.current;
    if (pool.has(abi::PoolFlags::refuse))
        return fail(Status::busy);
    if (holds_worker_of(pool, caller))
        return fail(Status::deadlock);
    announce_waiter(pool);  // from now on no worker becomes idle unseen
    if (!pool.uses_own_slice() && !pool.workers.empty() &&
        look_for_help(pool, endpoint, *hart.slice).is_hopeless) {
        serve(pool);
        return fail(Status::deadlock);
    }
    caller.target = &endpoint;
    endpoint.add_reference();
    system.scheduler.park_current(hart);
    caller.state = Thread::State::queued;
    insert_by_priority(pool.waiters, caller);
    serve(pool);
    if (caller.state == Thread::State::queued)
        help_worker(caller);
    return {};
}

// Gives the current thread's call to a worker, or lets it wait for one.
Result<> enter(Hart& hart, Endpoint& endpoint)
{
    Thread& caller = *hart.current;
    bool const is_blocked = endpoint.abandoned_calls != 0;
    if (endpoint.home == nullptr || endpoint.is_revoked)
        return fail(endpoint.reason);
    Pool& pool = *endpoint.home;
    if (pool.policy.min_budget != 0)
        TRY(check_budget(hart, pool.policy.min_budget));

    Thread* const worker = is_blocked || pool.uses_own_slice() ? nullptr : take_idle_worker(pool);
    if (worker == nullptr)
        return enter_queue(hart, pool, endpoint);
    auto const begun = begin(caller, *worker, endpoint);
    if (!begun)
        give_idle_worker(pool, *worker);
    else
        system.scheduler.continue_with(hart, *worker);
    return begun;
}

// Calls an endpoint in the current thread's name. The message: header, label, words.
bool call_about_fault(Hart& hart, Endpoint* endpoint, std::span<std::uint64_t const, 6> message)
{
    Thread& thread = *hart.current;
    if (endpoint == nullptr || thread.fault_is_final)
        return false;
    std::ranges::copy(message, thread.fault_message);
    thread.call_flags |= Thread::reports_fault;
    if (enter(hart, *endpoint))
        return true;
    thread.end_call();
    return false;
}

}  // namespace

Result<> call(Hart& hart)
{
    Thread& caller = *hart.current;
    auto const handle = static_cast<HandleValue>(caller.x[reg::a0]);
    Endpoint* const endpoint = TRY(caller.process->caps.lookup<Endpoint>(handle, Right::call));
    auto entered = announce(caller, arch::Time::read());
    if (entered)
        entered = enter(hart, *endpoint);
    if (!entered)
        caller.end_call();
    return entered;
}

bool call_fault_handler(Hart& hart, std::uint64_t cause, VirtAddr address)
{
    Thread const& thread = *hart.current;
    std::uint64_t const message[6] = {0, cause, address, thread.x[reg::pc], thread.x[reg::sp], 0};
    return call_about_fault(hart, thread.process->fault_handler.get(), message);
}

bool call_pager(Hart& hart, VirtAddr address)
{
    Memory::Question const question = hart.current->process->space.question_about(address);
    if (question.pager == nullptr)
        return true;  // things have changed: the thread tries again
    std::uint64_t const message[6] = {0, std::to_underlying(question.want), question.page, 0, 0, 0};
    return call_about_fault(hart, question.pager, message);
}

// Gives a waiting caller to a worker that has become free.
void begin_queued(Pool& pool, Thread& caller, Thread& worker)
{
    pool.waiters.remove(caller);
    Endpoint& endpoint = *std::exchange(caller.target, nullptr);
    stop_helping(caller);
    auto const begun = begin(caller, worker, endpoint);
    endpoint.drop_reference();
    if (!begun) {
        give_idle_worker(pool, worker);
        return finish(caller, begun.error());
    }
    if (pool.uses_own_slice())
        move_to_pool_slice(caller, worker);
    else
        worker.carrier = caller.carrier;
    if (worker.carrier->top == &caller)
        worker.carrier->top = &worker;
    system.scheduler.make_ready(worker);
}

void finish(Thread& caller, Status status)
{
    if (caller.reports_its_fault()) {
        caller.end_fault(false);
    } else {
        caller.finish_call(std::to_underlying(status));
        caller.end_call();
    }
    if (caller.borrower != nullptr) {
        caller.state = Thread::State::running;  // goes on when the worker gives the slice back
        return;
    }
    system.scheduler.make_ready(caller);
}

}  // namespace kernel::ipc
