// The hart that executes: the one that the simulated machine has given control to.
#pragma once

namespace kernel {
struct Hart;
}

namespace model {
extern kernel::Hart* running_hart;
}

namespace kernel {
inline Hart& this_hart() { return *model::running_hart; }
}  // namespace kernel
