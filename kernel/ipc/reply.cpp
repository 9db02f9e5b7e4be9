// The slow way through `reply`, and replies that come later.
#include "kernel/debug/report.hpp"
#include "kernel/ipc/chain.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/sched/lending.hpp"

namespace kernel::ipc {

namespace {

// What the sender's a1 and a3 to a6 say becomes the result of the caller's call.
void answer(Thread& sender, Thread& caller, std::uint64_t status)
{
    if (caller.reports_its_fault())
        return caller.end_fault(status == std::to_underlying(Status::ok));
    abi::MessageHeader const header{sender.x[reg::a1]};
    Result<std::uint64_t> moved = fail(Status::bad_message);
    bool const wanted = header.handle_count() <= caller.accepted_handles;
    caller.process->caps.release(std::exchange(caller.accepted_handles, 0));  // for these handles
    if (wanted && header.lease_count() == 0 && header.accepted_handles() == 0)
        moved = transfer(sender, caller, header.bits);
    if (!moved) {
        drop_moved_handles(sender, header.handle_count());
        caller.finish_call(std::to_underlying(moved.error()));
        return caller.end_call();
    }
    caller.finish_call(status, *moved);
    caller.complete();
    for (std::size_t i = reg::a3; i < reg::a7; i++)
        caller.x[i] = sender.x[i];
    caller.end_call();
}

// The worker has answered; the slice goes back to where it came from.
void return_slice(Hart& hart, Thread& worker, Thread* caller, bool caller_is_parked)
{
    Thread* const lender = std::exchange(worker.lender, nullptr);
    if (lender != nullptr)
        lender->borrower = nullptr;

    Thread* const owner = caller_is_parked ? nullptr : caller != nullptr ? caller : lender;
    if (owner == nullptr) {
        system.scheduler.drop_current(hart);
    } else if (owner == caller || owner->state == Thread::State::running) {
        system.scheduler.continue_with(hart, *owner);
    } else {
        account(hart);
        hart.current = owner;
        system.scheduler.park_current(hart);
    }
    if (caller_is_parked)
        system.scheduler.make_ready(*caller);
}

}  // namespace

void leave_endpoint(Endpoint& endpoint, bool was_abandoned)
{
    if (was_abandoned && --endpoint.abandoned_calls == 0 && !endpoint.is_revoked)
        endpoint.pool = endpoint.home;
    if (endpoint.close_waits)
        retire(endpoint);
}

void reply(Hart& hart)
{
    Thread& worker = *hart.current;
    if (worker.pool == nullptr) {  // it has nowhere to return to
        debug::write_report(worker, arch::Scause::ecall_from_user, 0);
        return worker.process->end(abi::EndReason::exception, arch::Scause::ecall_from_user);
    }

    Pool& pool = *worker.pool;
    bool const own_slice = hart.slice == &pool.slice;
    Thread* const caller = std::exchange(worker.caller, nullptr);
    Endpoint* const endpoint = std::exchange(worker.serving, nullptr);
    std::uint32_t const flags = caller != nullptr ? caller->call_flags : 0;
    if ((flags & Thread::owes_overrun) != 0)
        pay_debt(*caller, worker);
    if (caller != nullptr)
        answer(worker, *caller, worker.x[reg::a0]);
    lending::turn_away(*hart.slice, worker);
    return_slice(hart, worker, caller, (flags & Thread::parked_call) != 0);
    if (own_slice)
        worker.own_cycles += worker.cycles - worker.event_start;
    bool const was_abandoned = worker.cancelled;
    give_idle_worker(pool, worker);
    if (endpoint != nullptr)
        leave_endpoint(*endpoint, was_abandoned);
    resume(pool);
}

Result<HandleValue> detach(Hart& hart)
{
    Thread& worker = *hart.current;
    Thread* const caller = worker.caller;
    if (caller == nullptr)
        return fail(worker.cancelled ? Status::cancelled : Status::bad_argument);
    if (std::exchange(caller->interrupted, false))
        return fail(Status::interrupted);
    if (!worker.process->caps.has_room_for(1))
        return fail(Status::no_handles);
    CallRecord* const record = TRY(make<CallRecord>(*worker.process, *worker.process, *caller));
    HandleValue const handle = TRY(install(*worker.process, *record));

    // Nothing below can fail.
    caller->record = record;
    caller->callee = nullptr;
    worker.caller = nullptr;
    if ((caller->call_flags & Thread::parked_call) == 0) {
        worker.lender = caller;
        caller->borrower = &worker;
    }
    caller->call_flags &= ~(Thread::parked_call | Thread::closes_endpoint);
    leave_endpoint(*std::exchange(worker.serving, nullptr), false);
    return handle;
}

Result<> complete(Hart& hart, CallRecord& record)
{
    Thread* const caller = std::exchange(record.caller, nullptr);
    if (caller == nullptr)
        return fail(Status::cancelled);
    answer(*hart.current, *caller, hart.current->x[reg::a2]);
    caller->state = Thread::State::running;
    if (caller->borrower == nullptr)
        system.scheduler.make_ready(*caller);
    return {};
}

void forget(CallRecord& record)
{
    if (Thread* const caller = std::exchange(record.caller, nullptr))
        finish(*caller, Status::peer_died);
}

}  // namespace kernel::ipc
