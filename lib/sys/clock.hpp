// The time since the machine was started, without a system call.
#pragma once
#include "lib/machine/clock.hpp"
#include "lib/sys/start_info.hpp"

namespace sys {

inline Ticks milliseconds(std::uint64_t count) { return count * start_info().timebase_hz / 1000; }

// A deadline for `wait`.
inline Ticks after_milliseconds(std::uint64_t count) { return now() + milliseconds(count); }

}  // namespace sys
