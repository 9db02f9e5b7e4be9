// The time since the machine was started, without a system call.
#pragma once
#include "abi/syscall.hpp"
#include "lib/sys/start_info.hpp"

namespace sys {

using abi::Ticks;

#if defined(__riscv)

inline Ticks now()
{
    Ticks ticks;
    asm volatile("rdtime %0" : "=r"(ticks));
    return ticks;
}

#else

// Host tests supply this.
Ticks now();

#endif

inline Ticks milliseconds(std::uint64_t count) { return count * start_info().timebase_hz / 1000; }

// A deadline for `wait`.
inline Ticks after_milliseconds(std::uint64_t count) { return now() + milliseconds(count); }

}  // namespace sys
