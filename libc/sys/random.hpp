// Random numbers, from the server that this program is granted.
#pragma once
#include "libc/sys/arguments.hpp"

namespace libc {

// Each call is passed on, so that no two processes ever get the same bytes, not even after a fork.
// -ENOSYS without the grant "random".
long get_random(Arguments const& arguments);

}  // namespace libc
