// What a kernel that is built for measurement leaves out, to show what it is good for: such a
// kernel finds another file of this name first (toolchain/kernel.mk).
#pragma once

namespace kernel::measured {

// Whether who waits lends its slice. Without it, it only waits.
inline constexpr bool has_lending = true;

}  // namespace kernel::measured
