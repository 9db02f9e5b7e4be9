// Between user mode and the kernel's C++: what trap.S calls, and what leaves the kernel.
#pragma once
#include "kernel/object/thread.hpp"

namespace kernel {

extern "C" [[noreturn]] void system_call_trap();
extern "C" [[noreturn]] void user_trap();
extern "C" [[noreturn]] void kernel_trap(Frame* frame);
extern "C" [[noreturn]] void return_to_user(std::uint64_t const* registers);
extern "C" [[noreturn]] void return_from_call(Frame const* frame, std::uint64_t status,
                                              std::uint64_t value);
extern "C" void trap_entry();

// Settles what this hart does next and does it. The kernel lock is held.
[[noreturn]] void leave_kernel(Hart& hart);

// What a hart does first that has slept for want of work: takes the lock, and handles what woke it.
// leave_kernel() comes next.
void wake_up(Hart& hart);

// leave_kernel() for a thread that made a system call and is still the one to run: most of them.
[[noreturn]] void leave_with(Hart& hart, Thread& thread, Result<std::uint64_t> value);
// The same for one that has become the current thread just now, when nothing else is to be done.
[[noreturn]] void leave_to(Hart& hart, Thread& thread, std::uint64_t value);

// Handles what made the hart trap or wake up. The kernel lock is held.
void take_interrupt(Hart& hart, std::uint64_t cause);

}  // namespace kernel
