// sysinfo: what the machine has and how busy it is.
#pragma once
#include "libc/sys/arguments.hpp"

namespace posix {

long machine_information(libc::Arguments const& arguments);

}  // namespace posix
