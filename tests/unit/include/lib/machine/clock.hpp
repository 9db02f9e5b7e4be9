// The time that a test makes up.
#pragma once
#include "abi/syscall.hpp"

namespace sys {

using abi::Ticks;

// Each test supplies this.
Ticks now();

}  // namespace sys
