// The slow way through `call`: whatever the fast path does not do.
#include "kernel/ipc/ipc.hpp"
#include <algorithm>
#include <span>

namespace kernel::ipc {

namespace {

// A chain that holds a worker of the pool and waits for another one might wait for itself.
bool holds_worker_of(Pool const& pool, Thread const& top)
{
    for (Thread const* thread = &top; thread != nullptr;) {
        if (thread->pool == &pool)
            return true;
        thread = thread->caller != nullptr ? thread->caller : thread->lender;
    }
    return false;
}

}  // namespace

std::uint32_t priority_of(Thread const& thread)
{
    return thread.carrier != nullptr ? thread.carrier->priority : 0;
}

void wait_for_worker(Pool& pool, Thread& caller)
{
    caller.state = Thread::State::queued;
    Thread* place = pool.waiters.front();
    while (place != nullptr && priority_of(*place) >= priority_of(caller))
        place = pool.waiters.next(*place);
    pool.waiters.insert_before(place, caller);
}

// Puts the worker at its pool's entry with the caller's message.
Result<> begin(Thread& caller, Thread& worker, Endpoint& endpoint)
{
    std::uint64_t const* const message = caller.outgoing();
    abi::MessageHeader const announced{message[0]};
    if (!caller.process->caps.has_room_for(announced.accepted_handles()))
        return fail(Status::no_handles);
    std::uint64_t const header = TRY(transfer(caller, worker, announced.bits));
    caller.accepted_handles = announced.accepted_handles();
    if (caller.accepted_handles != 0)
        caller.call_flags |= Thread::takes_handles;

    worker.start_at_entry();
    worker.x[reg::a0] = endpoint.badge;
    worker.x[reg::a1] = header;
    for (std::size_t i = reg::a2; i < reg::a7; i++)
        worker.x[i] = message[i - reg::a1];

    caller.state = Thread::State::calling;
    caller.callee = &worker;
    worker.caller = &caller;
    worker.serving = &endpoint;
    worker.state = Thread::State::running;
    return {};
}

namespace {

// Gives the current thread's call to a worker, or lets it wait for one.
Result<> enter(Hart& hart, Endpoint& endpoint)
{
    Thread& caller = *hart.current;
    if (endpoint.pool == nullptr)
        return fail(endpoint.reason);
    Pool& pool = *endpoint.pool;

    Thread* const worker = pool.uses_own_slice ? nullptr : take_idle_worker(pool);
    if (worker != nullptr) {
        auto const begun = begin(caller, *worker, endpoint);
        if (!begun)
            give_idle_worker(pool, *worker);
        else
            system.scheduler.continue_with(hart, *worker);
        return begun;
    }
    if (holds_worker_of(pool, caller))
        return fail(Status::deadlock);
    caller.target = &endpoint;
    endpoint.add_reference();
    system.scheduler.park_current(hart);
    wait_for_worker(pool, caller);
    serve(pool);
    return {};
}

}  // namespace

Result<> call(Hart& hart)
{
    Thread const& caller = *hart.current;
    auto const handle = static_cast<HandleValue>(caller.x[reg::a0]);
    return enter(hart, *TRY(caller.process->caps.lookup<Endpoint>(handle, Right::call)));
}

namespace {

// Calls an endpoint in the current thread's name. The message: header, label, words.
bool call_about_fault(Hart& hart, Endpoint* endpoint, std::span<std::uint64_t const, 6> message)
{
    Thread& thread = *hart.current;
    if (endpoint == nullptr || thread.fault_is_final)
        return false;
    std::ranges::copy(message, thread.fault_message);
    thread.call_flags = Thread::reports_fault;
    if (enter(hart, *endpoint))
        return true;
    thread.end_call();
    return false;
}

}  // namespace

bool call_fault_handler(Hart& hart, std::uint64_t cause, VirtAddr address)
{
    Thread const& thread = *hart.current;
    std::uint64_t const message[6] = {0, cause, address, thread.x[reg::pc], thread.x[reg::sp], 0};
    return call_about_fault(hart, thread.process->fault_handler.get(), message);
}

bool call_pager(Hart& hart, VirtAddr address)
{
    Mapping const& mapping = *hart.current->process->space.find(address);
    std::uint64_t const index = mapping.first_page + (address - mapping.start) / page_size;
    Memory::Question const question = mapping.memory->question_about(index);
    std::uint64_t const message[6] = {0, std::to_underlying(question.want), question.page, 0, 0, 0};
    return call_about_fault(hart, question.pager, message);
}

// Gives a waiting caller to a worker that has become free.
void begin_queued(Pool& pool, Thread& worker)
{
    Thread& caller = *pool.waiters.take_front();
    Endpoint& endpoint = *std::exchange(caller.target, nullptr);
    auto const begun = begin(caller, worker, endpoint);
    endpoint.drop_reference();
    if (!begun) {
        give_idle_worker(pool, worker);
        return finish(caller, begun.error());
    }
    if (pool.uses_own_slice) {
        caller.call_flags |= Thread::parked_call;
        worker.event_start = worker.cycles;
        worker.carrier = &pool.slice;
    } else {
        worker.carrier = caller.carrier;
    }
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
