// A notification's periodic timers.
#include "kernel/object/notification.hpp"
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/hart.hpp"

namespace kernel {

namespace {

// Times that have been missed are left out.
Ticks next_time(NotificationTimer const& timer, Ticks now)
{
    Ticks const from = timer.period > abi::never - timer.time || timer.time + timer.period <= now
                           ? now
                           : timer.time;
    return timer.period > abi::never - from ? abi::never : from + timer.period;
}

}  // namespace

void Notification::restart_timers()
{
    for (NotificationTimer& timer : timers)
        if (timer.is_due && (pending & timer.bits) != 0) {
            timer.is_due = false;
            this_hart().arm(timer, next_time(timer, arch::Time::read()));
        }
}

}  // namespace kernel
