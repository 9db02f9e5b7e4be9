// System calls about futexes: words of a process's memory on which its threads wait.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/ipc/chain.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/mm/user_memory.hpp"
#include "kernel/sched/lending.hpp"
#include "kernel/syscall/table.hpp"

namespace kernel::syscall {

namespace {

// The thread that holds the lock which the word stands for, if the caller has said so.
// Errors: bad_argument (it has ended, or is of another process), deadlock
Result<Thread*> owner_of(Context const& context)
{
    if (context.handle(3) == 0)
        return nullptr;
    Thread* const owner = TRY(context.lookup<Thread>(3, Right::manage));
    if (owner->process != &context.process || owner->state == Thread::State::dead)
        return fail(Status::bad_argument);
    if (lending::leads_to(lending::slice_of(*owner), *context.hart.slice))
        return fail(Status::deadlock);
    return owner;
}

Result<> check_word(Context const& context)
{
    VirtAddr const address = context.argument(0);
    if (address % sizeof(std::uint32_t) != 0)
        return fail(Status::bad_argument);
    auto const value = TRY(UserPointer<std::uint32_t>(context.process.space, address).read());
    if (value != static_cast<std::uint32_t>(context.argument(1)))
        return fail(Status::busy);
    return {};
}

// A worker that has the lock is to come by the slow way when it is done, where it is let go. If it
// has just been on the fast one, it has nothing to be helped with any more.
void help_owner(Thread& waiter, Thread& owner)
{
    Slice& slice = *waiter.carrier;
    if (owner.pool != nullptr)
        ipc::announce_waiter(*owner.pool);
    lending::lend(slice, owner);
    if (owner.pool != nullptr && owner.pool->has_idle(owner))
        lending::take_back(slice);
}

}  // namespace

Value futex_wait(Context& context)
{
    Thread& thread = context.thread;
    TRY(check_word(context));
    TRY(ipc::check_undisturbed(thread));
    Thread* const owner = TRY(owner_of(context));
    Ticks const deadline = context.argument(2);
    if (deadline <= arch::Time::read())
        return fail(Status::timed_out);
    thread.futex_address = context.argument(0);
    thread.shielded = false;
    thread.state = Thread::State::futex;
    if (deadline != abi::never)
        context.hart.arm(thread.deadline, deadline);
    system.scheduler.park_current(context.hart);
    ipc::insert_by_priority(thread.process->futex_waiters, thread);
    if (owner != nullptr)
        help_owner(thread, *owner);
    return context.settled();
}

namespace {

// Who still waits for the lock helps its new owner.
void help_new_owner(Thread& owner)
{
    for (Thread& thread : owner.process->futex_waiters) {
        bool const helps = thread.futex_address == owner.futex_address &&
                           thread.carrier->top == &thread &&
                           thread.carrier->state == Slice::State::lent;
        if (!helps)
            continue;
        lending::take_back(*thread.carrier);
        if (!lending::leads_to(lending::slice_of(owner), *thread.carrier))
            lending::lend(*thread.carrier, owner);
    }
}

}  // namespace

Value futex_wake(Context& context)
{
    std::uint64_t woken = 0;
    for (Thread& thread : context.process.futex_waiters) {
        if (woken == context.argument(1))
            break;
        if (thread.futex_address != context.argument(0))
            continue;
        ipc::end_wait(thread, Status::ok);
        help_new_owner(thread);
        woken++;
    }
    return woken;
}

}  // namespace kernel::syscall
