// The lock of everything but the fast path, and the way to make other harts stand still.
#pragma once
#include "kernel/arch/riscv64/hart.hpp"

namespace kernel {

class KernelLock {
public:
    // A hart that asks for the lock is at a safe point until it has it: it has saved its thread and
    // holds nothing.
    void lock(Hart& hart)
    {
        while (word_.exchange(1, std::memory_order_acquire) != 0)
            while (word_.load(std::memory_order_relaxed) != 0)
                give_fp_if_wanted(hart);
    }

    // Without waiting for it, so that all stays as it was.
    bool try_lock() { return word_.exchange(1, std::memory_order_acquire) == 0; }

    void unlock() { word_.store(0, std::memory_order_release); }

private:
    static void give_fp_if_wanted(Hart& hart);

    std::atomic<std::uint32_t> word_{0};
};

// Returns when each other hart is at a safe point, with its thread's floating-point registers and
// time written down; they stay there until this one lets go of the kernel lock. For what changes
// chains that other harts run: the end of a process.
void stop_other_harts(Hart const& self);

}  // namespace kernel
