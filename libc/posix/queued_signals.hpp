// Signals with values, and waiting for signals without handlers.
#pragma once
#include "libc/sys/arguments.hpp"

namespace posix {

long queue_signal(libc::Arguments const& arguments);
long wait_for_signal(libc::Arguments const& arguments);

}  // namespace posix
