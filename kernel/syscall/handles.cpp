// System calls about handles and notifications.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/syscall/table.hpp"
#include <bit>

namespace kernel::syscall {

Value nop(Context&) { return 0; }

Value close(Context& context)
{
    Capability* const entry = TRY(context.process.caps.find(context.handle(0)));
    context.process.caps.clear(*entry);
    return 0;
}

namespace {

// What argument `index` names also gets a handle in `target`, with the rights that follow.
Value copy_handle(Context const& context, std::size_t index, CapSpace& target)
{
    Capability* const entry = TRY(context.process.caps.find(context.handle(index)));
    if (!has(entry->rights, Right::duplicate))
        return fail(Status::no_right);
    auto const rights = static_cast<Rights>(context.argument(index + 1));
    return target.install(*entry->object, rights, entry->rights);
}

}  // namespace

Value duplicate(Context& context) { return copy_handle(context, 0, context.process.caps); }

Value process_grant(Context& context)
{
    return copy_handle(context, 1, TRY(context.lookup_process(0, Right::manage))->caps);
}

// How far it is, the new process's table knows. No thread of that reads the table meanwhile.
Value handles_clone(Context& context)
{
    Process* const source = TRY(context.lookup_process(0, Right::manage));
    Process* const target = TRY(context.lookup_process(1, Right::manage));
    if (target->thread_count != 0)
        return fail(Status::bad_argument);
    do {
        TRY(target->caps.clone_some(source->caps));
        context.goes_on_later = target->caps.is_half_cloned();
    } while (context.goes_on_later && !arch::is_interrupt_pending());
    return 0;
}

Value notification_create(Context& context)
{
    constexpr std::uint64_t most_timers = 64;  // one for each bit
    Process& payer = *TRY(context.payer(slab_for<Notification>().charge_bytes() +
                                        most_timers * system.timer_slab.charge_bytes()));
    return make_handle_for<Notification>(context.process, payer, payer);
}

Value signal(Context& context)
{
    Notification* const notification = TRY(context.lookup<Notification>(0, Right::signal));
    ipc::signal(*notification, context.argument(1));
    return 0;
}

Value poll(Context& context)
{
    Notification* const notification = TRY(context.lookup<Notification>(0, Right::wait));
    if (notification->pool != nullptr)
        return fail(Status::busy);
    return notification->take_bits();
}

// The pending bits at once, or the thread is parked until there are some.
Value wait(Context& context)
{
    Notification* const notification = TRY(context.lookup<Notification>(0, Right::wait));
    if (notification->pool != nullptr)
        return fail(Status::busy);
    if (notification->pending != 0)
        return notification->take_bits();
    Ticks const deadline = context.argument(1);
    Thread& thread = context.thread;
    thread.shielded = (context.argument(2) & abi::wait_shielded) != 0;
    if (!thread.shielded)
        TRY(ipc::check_undisturbed(thread));
    if (deadline <= arch::Time::read())
        return fail(Status::timed_out);
    notification->waiters.push_back(thread);
    notification->settle_attention();
    arch::fence_all();
    if (notification->pending != 0) {  // signalled just now: see short_calls.cpp
        notification->waiters.remove(thread);
        notification->settle_attention();
        return notification->take_bits();
    }
    notification->add_reference();
    thread.waiting_for = notification;
    thread.state = Thread::State::waiting;
    if (deadline != abi::never)
        context.hart.arm(thread.deadline, deadline);
    system.scheduler.park_current(context.hart);
    return context.settled();
}

namespace {

Result<NotificationTimer*> timer_for(Notification& notification, std::uint64_t bits)
{
    for (NotificationTimer& timer : notification.timers)
        if (timer.bits == bits)
            return &timer;
    Process& payer = *notification.payer();
    auto* const timer =
        new (TRY(payer.allocate(system.timer_slab))) NotificationTimer{notification, bits};
    notification.timers.push_back(*timer);
    return timer;
}

}  // namespace

Value arm(Context& context)
{
    Notification* const notification = TRY(context.lookup<Notification>(0, Right::signal));
    std::uint64_t const bits = context.argument(1);
    Ticks const time = context.argument(2);
    if (!std::has_single_bit(bits))
        return fail(Status::bad_argument);
    NotificationTimer* const timer = TRY(timer_for(*notification, bits));
    timer->is_due = false;
    timer->period = context.argument(3);
    if (timer->period != 0)
        timer->period = std::max(timer->period, system.shortest_period());
    if (time == abi::never)
        TimerQueue::disarm(*timer);
    else
        context.hart.arm(*timer, time);
    return 0;
}

}  // namespace kernel::syscall
