// Reading clocks and sleeping.
#pragma once
#include "lib/base/result.hpp"
#include "lib/sys/clock.hpp"
#include "libc/sys/arguments.hpp"
#include <time.h>

namespace libc {

// Rounded up: a sleep is never shorter than asked for.
Result<sys::Ticks> to_ticks(timespec const& duration);
timespec to_timespec(sys::Ticks ticks);

// The deadline that lies `duration` ahead; `abi::never` for a null pointer.
Result<sys::Ticks> deadline_after(timespec const* duration);

long read_clock(Arguments const& arguments);
long read_clock_resolution(Arguments const& arguments);
long sleep_for(Arguments const& arguments);
long sleep_on_clock(Arguments const& arguments);

}  // namespace libc
