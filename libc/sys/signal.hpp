// Signals do not exist; a program that sends one to itself gets what its default action would do.
#pragma once
#include "libc/sys/arguments.hpp"

namespace libc {

long send_to_self(long signal);

}  // namespace libc
