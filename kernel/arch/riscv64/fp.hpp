// Floating-point registers stay where they are along a chain; who else wants them swaps at first
// use. A worker whose last call used them gets them with the call: to trip costs more, because
// firmware looks at the trap first.
#pragma once
#include "kernel/arch/riscv64/hart.hpp"

namespace kernel::arch {

// Saves the registers to the thread that owns them: before the slice leaves the hart.
void put_away_fp(Hart& hart);

// Gives the registers to the current thread: after it tripped over their being off.
void take_fp(Hart& hart);

// The same for a worker that will want them, before it trips. What it does not use stays clean.
extern "C" void take_fp_early(Hart& hart);

// Whether the current thread may use the registers as they are; told to the hart.
void settle_fp(Hart const& hart);

}  // namespace kernel::arch
