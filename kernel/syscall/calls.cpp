// System calls about calls: later replies, leases, pools and endpoints.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/syscall/table.hpp"

namespace kernel::syscall {

Value call(Context& context)
{
    TRY(ipc::call(context.hart));
    return context.settled();
}

Value reply(Context& context)
{
    ipc::reply(context.hart);
    return context.settled();
}

Value detach(Context& context) { return ipc::detach(context.hart); }

Value complete(Context& context)
{
    CallRecord* const record = TRY(context.lookup<CallRecord>(0, Right::manage));
    auto const done = ipc::complete(context.hart, *record);
    if (auto const entry = context.process.caps.find(context.handle(0)))
        context.process.caps.clear(**entry);  // unless it went with the message
    TRY(done);
    return 0;
}

namespace {

// Whose leases the call is about: a detached caller's, or the one that the worker serves.
Result<Thread*> lender(Context const& context)
{
    Thread* found = context.thread.caller;
    if (context.handle(0) != 0)
        found = TRY(context.lookup<CallRecord>(0, Right::manage))->caller;
    if (found == nullptr)
        return fail(Status::cancelled);
    return found;
}

Value copy_lease(Context const& context, std::uint64_t access)
{
    Thread* const thread = TRY(lender(context));
    return ipc::copy_lease(context.thread, *thread, context.argument(1), context.argument(2),
                           context.argument(3), context.argument(4), access);
}

}  // namespace

Value lease_read(Context& context) { return copy_lease(context, abi::Lease::in); }
Value lease_write(Context& context) { return copy_lease(context, abi::Lease::out); }

// While it is on, the worker's caller pays for what the worker makes, as far as it lent quota.
Value charge_caller(Context& context)
{
    Thread& worker = context.thread;
    if (context.argument(0) > 1)
        return fail(Status::bad_argument);
    worker.charges_caller = false;
    if (context.argument(0) == 0)
        return 0;
    Thread const* const caller = worker.caller;
    if (caller == nullptr)
        return fail(worker.cancelled ? Status::cancelled : Status::bad_argument);
    if ((caller->call_flags & Thread::lends_quota) == 0)
        return fail(Status::no_right);
    worker.charges_caller = true;
    return caller->lent_bytes;
}

Value pool_create(Context& context)
{
    Process& process = context.process;
    std::uint64_t const priority = context.argument(1);
    abi::PoolOptions const policy{context.argument(2), context.argument(3), context.argument(4)};
    if (priority > process.priority_ceiling || context.argument(0) >= user_end ||
        policy.handles_per_call > abi::max_message_handles)
        return fail(Status::bad_argument);
    if ((policy.flags & ~abi::all_pool_flags) != 0)
        return fail(Status::not_supported);
    if (!process.caps.has_room_for(1))
        return fail(Status::no_handles);
    Pool::Options const options{context.argument(0), static_cast<std::uint32_t>(priority), policy};
    Pool* const pool = TRY(make<Pool>(process, process, options));
    pool->add_reference();  // the process's, until it ends
    process.pools.push_back(*pool);
    return install(process, *pool);
}

Value endpoint_create(Context& context)
{
    Process& process = context.process;
    Pool* const pool = TRY(context.lookup<Pool>(0, Right::manage));
    if (pool->process == nullptr)
        return fail(Status::peer_died);
    if (!process.caps.has_room_for(1))
        return fail(Status::no_handles);
    Process& payer = *TRY(context.payer(slab_for<Endpoint>().charge_bytes()));
    Endpoint* const endpoint = TRY(make<Endpoint>(payer, payer, *pool, context.argument(1)));
    pool->endpoints.push_back(*endpoint);
    return install(process, *endpoint);
}

// New calls fail from now on, and so do those that still wait; running ones finish.
Value revoke(Context& context)
{
    Endpoint* const endpoint = TRY(context.lookup<Endpoint>(0, Right::manage));
    Pool* const pool = endpoint->home;
    if (pool == nullptr || endpoint->is_revoked)
        return 0;
    endpoint->pool = nullptr;
    stop_other_harts(context.hart);  // what one of them was just beginning has begun
    endpoint->reason = Status::revoked;
    endpoint->is_revoked = true;
    for (Thread& caller : pool->waiters)
        if (caller.target == endpoint)
            ipc::abandon(caller, Status::revoked);
    return 0;
}

Value bind(Context& context)
{
    Pool* const pool = TRY(context.lookup<Pool>(0, Right::manage));
    Notification* const notification = TRY(context.lookup<Notification>(1, Right::wait));
    if (pool->process == nullptr)
        return fail(Status::peer_died);
    if (notification->pool != nullptr || !notification->waiters.empty())
        return fail(Status::busy);
    notification->pool = pool;
    notification->badge = context.argument(2);
    notification->add_reference();
    pool->bound.push_back(*notification);
    notification->settle_attention();
    arch::fence_all();
    ipc::signal(*notification, 0);
    return 0;
}

}  // namespace kernel::syscall
