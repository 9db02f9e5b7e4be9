// Out of the kernel: to the thread that is to run, or to sleep until there is one.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/fp.hpp"
#include "kernel/arch/riscv64/sbi.hpp"
#include "kernel/arch/riscv64/traps.hpp"
#include "kernel/ipc/upcall.hpp"
#include "kernel/kernel.hpp"
#include <algorithm>

namespace kernel {

namespace {

// A sleeping hart wakes at least so often. When all harts sleep, QEMU with `-icount sleep=off`
// moves its clock to the next timer: without one, to the end of time, and nothing works there.
constexpr std::uint64_t longest_sleep_seconds = 3600;

void program_timer(Hart& hart, Ticks deadline)
{
    if (deadline == hart.programmed)
        return;
    hart.programmed = deadline;
    if (system.has_sstc)
        arch::Stimecmp::write(deadline);
    else
        arch::sbi::set_timer(deadline);
}

void take_pending_interrupts(Hart& hart)
{
    std::uint64_t const pending = arch::Sip::read() & arch::Sie::read();
    if ((pending & arch::Sie::software) != 0)
        take_interrupt(hart, arch::Scause::software_interrupt);
    if ((pending & arch::Sie::timer) != 0)
        take_interrupt(hart, arch::Scause::timer_interrupt);
    if ((pending & arch::Sie::external) != 0)
        take_interrupt(hart, arch::Scause::external_interrupt);
}

// Lets go of the lock: the hart has nothing to do until an interrupt comes.
void fall_asleep(Hart& hart)
{
    account(hart);
    arch::Satp::write(system.kernel_satp());
    Ticks const latest = arch::Time::read() + longest_sleep_seconds * system.timebase_hz;
    program_timer(hart, std::min(latest, system.scheduler.next_deadline(hart)));
    system.idle_harts |= hart.bit;
    system.lock.unlock();
}

void load_space(Hart& hart)
{
    AddressSpace& space = hart.current->process->space;
    if (arch::Satp::read() != space.satp())
        arch::Satp::write(space.satp());
    space.enter(hart);  // the same value may be left from another space, destroyed meanwhile
}

// Makes the hart ready for its current thread.
[[gnu::always_inline]] inline void settle(Hart& hart)
{
    load_space(hart);
    arch::settle_fp(hart);
    program_timer(hart, system.scheduler.next_deadline(hart));
}

}  // namespace

void wake_up(Hart& hart)
{
    system.lock.lock(hart);
    system.idle_harts &= ~hart.bit;
    std::uint64_t const before = hart.stamp;
    account(hart);
    hart.idle_cycles += hart.stamp - before;
    system.scheduler.sample(hart);
    take_pending_interrupts(hart);
}

void leave_kernel(Hart& hart)
{
    for (;;) {
        system.reclaimer.pass(hart);
        system.scheduler.choose(hart);
        if (hart.current != nullptr)
            break;
        fall_asleep(hart);
        arch::wait_for_interrupt();  // interrupts are off: wfi ends when one is pending
        wake_up(hart);
    }
    ipc::take_upcall(*hart.current);
    settle(hart);
    Thread& thread = *hart.current;
    system.lock.unlock();
    if (std::exchange(thread.has_only_results, 0) != 0)
        return_from_call(&thread, thread.x[reg::a0], thread.x[reg::a1]);
    return_to_user(thread.x);
}

void leave_with(Hart& hart, Thread& thread, Result<std::uint64_t> value)
{
    std::uint64_t const status = std::to_underlying(value ? Status::ok : value.error());
    bool const undisturbed = hart.current == &thread && !hart.resched && system.reclaimer.is_idle();
    if (undisturbed) [[likely]] {
        system.lock.unlock();
        return_from_call(&thread, status, value.value_or(0));
    }
    thread.finish_call(status, value.value_or(0));
    leave_kernel(hart);
}

void leave_to(Hart& hart, Thread& thread, std::uint64_t value)
{
    settle(hart);
    system.lock.unlock();
    return_from_call(&thread, std::to_underlying(Status::ok), value);
}

}  // namespace kernel
