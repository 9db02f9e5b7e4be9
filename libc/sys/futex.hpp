// futex: what musl's locks, condition variables and semaphores wait on.
#pragma once
#include "libc/sys/arguments.hpp"

namespace libc {

long futex(Arguments const& arguments);

}  // namespace libc
