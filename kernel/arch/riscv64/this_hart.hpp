// The hart that executes.
#pragma once

namespace kernel {

struct Hart;

// In the kernel, tp points to it.
inline Hart& this_hart()
{
    register Hart* hart asm("tp");
    asm volatile("" : "=r"(hart));
    return *hart;
}

}  // namespace kernel
