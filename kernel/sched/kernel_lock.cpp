// Making other harts stand still.
#include "kernel/sched/kernel_lock.hpp"
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/fp.hpp"
#include "kernel/arch/riscv64/sbi.hpp"
#include "kernel/kernel.hpp"

namespace kernel {

void KernelLock::give_fp_if_wanted(Hart& hart)
{
    arch::pause();
    if (hart.fp_wanted.load(std::memory_order_relaxed) == 0)
        return;
    arch::put_away_fp(hart);
    account(hart);
    hart.fp_wanted.store(0, std::memory_order_release);  // pairs with the wait below
}

void stop_other_harts(Hart const& self)
{
    for (Hart& hart : system.harts) {
        if (!hart.online || &hart == &self || system.is_idle(hart))
            continue;
        hart.fp_wanted.store(1, std::memory_order_release);
        arch::sbi::send_ipi(hart.id);
    }
    for (Hart& hart : system.harts)
        while (hart.fp_wanted.load(std::memory_order_acquire) != 0)
            arch::pause();
}

}  // namespace kernel
