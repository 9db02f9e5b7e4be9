// New instructions in memory.
#include "kernel/arch/riscv64/instructions.hpp"
#include "kernel/arch/riscv64/sbi.hpp"
#include "kernel/kernel.hpp"

namespace kernel::arch {

void synchronise_instructions()
{
    asm volatile("fence.i" : : : "memory");
    for (Hart const& hart : system.harts)
        if (hart.online && &hart != &this_hart())
            sbi::remote_fence_i(hart.id);
}

}  // namespace kernel::arch
