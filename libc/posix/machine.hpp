// sysinfo and sched_getaffinity: what the machine has and how busy it is.
#pragma once
#include "libc/sys/arguments.hpp"

namespace posix {

long machine_information(libc::Arguments const& arguments);
// A bit for each hart: every thread may run on all of them.
long get_harts(libc::Arguments const& arguments);

}  // namespace posix
