// The calendar: what time it was when the machine was started. A process asks the clock that it is
// granted once, when it first wants to know, and counts on from there; without that grant, 1970
// began when the machine was started.
#pragma once
#include <time.h>

namespace libc {

// A time since the start of the machine as one since 1970, and back; what lies before the start is
// the start.
timespec since_1970(timespec const& since_start);
timespec since_start(timespec const& since_1970);

}  // namespace libc
