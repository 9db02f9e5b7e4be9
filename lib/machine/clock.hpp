// The counter of the time since the machine was started.
#pragma once
#include "abi/syscall.hpp"

namespace sys {

using abi::Ticks;

inline Ticks now()
{
    Ticks ticks;
    asm volatile("rdtime %0" : "=r"(ticks));
    return ticks;
}

}  // namespace sys
