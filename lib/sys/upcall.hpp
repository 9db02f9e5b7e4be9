// Handlers of upcalls: where a thread goes when somebody sends it there, when it faults, or when it
// makes a system call that is not the kernel's. docs/abi.md has the rules.
#pragma once
#include "abi/message.hpp"
#include "abi/status.hpp"
#include "lib/sys/syscalls.hpp"
#include <atomic>

namespace sys {

// Why the thread is in its handler, and what it was doing.
struct UpcallReason {
    std::uint64_t cause;    // scause, or abi::upcall_by_...
    std::uint64_t address;  // of a fault
    Status trouble;         // of a page fault: why there is no page
};

// What a thread's handler runs on. upcall.S knows it by offset.
struct UpcallArea {
    std::uint64_t stack_top;  // a multiple of 16
    std::uint64_t global_pointer;
    std::uint64_t thread_pointer;
    // May change `upcall->registers`, with which the thread goes on. Uses no floating-point
    // registers: they are still the thread's.
    void (*handle)(UpcallArea& area, UpcallReason const& reason);
    abi::Upcall* upcall;
};

extern "C" void upcall_entry();

// Upcalls of the calling thread, which owns `area.upcall`, arrive from now on.
inline void take_upcalls(UpcallArea& area)
{
    area.upcall->thread_pointer = address_of(&area);
    std::atomic_ref{area.upcall->entry}.store(reinterpret_cast<std::uint64_t>(&upcall_entry),
                                              std::memory_order_release);
}

// From now on they wait; true if they did not before.
inline bool hold_upcalls(abi::Upcall& upcall)
{
    return std::atomic_ref{upcall.entry}.exchange(0) != 0;
}

inline std::uint64_t take_bits(abi::Upcall& upcall)
{
    return std::atomic_ref{upcall.bits}.exchange(0, std::memory_order_acquire);
}

}  // namespace sys
