// Floating-point registers stay where they are along a chain; who else wants them swaps at first
// use.
#pragma once
#include "kernel/arch/riscv64/hart.hpp"

namespace kernel::arch {

// Saves the registers to the thread that owns them: before the slice leaves the hart.
void put_away_fp(Hart& hart);

// Gives the registers to the current thread: after it tripped over their being off.
void take_fp(Hart& hart);

// Whether the current thread may use the registers as they are; told to the hart.
void settle_fp(Hart const& hart);

}  // namespace kernel::arch
