// timer_create and its relatives, and timerfd_create and its own.
#pragma once
#include "libc/sys/arguments.hpp"

namespace posix {

// process_timers.cpp
long create_timer(libc::Arguments const& arguments);
long set_timer(libc::Arguments const& arguments);
long get_timer(libc::Arguments const& arguments);
long get_timer_overrun(libc::Arguments const& arguments);
long delete_timer(libc::Arguments const& arguments);

// timer_files.cpp
long create_timer_file(libc::Arguments const& arguments);
long set_timer_file(libc::Arguments const& arguments);
long get_timer_file(libc::Arguments const& arguments);

}  // namespace posix
