// What POSIX's timers are set to, as the server has it.
#pragma once
#include "generated/interfaces/posix.hpp"
#include <time.h>

namespace posix {

// The clocks that timers go by. CPU time is the process's.
bool is_timer_clock(long clock);

// `is_absolute`: a time on that clock. Errors: bad_argument (no time)
Result<TimerSetting> timer_setting(itimerspec const& wanted, bool is_absolute, long clock);

itimerspec to_itimerspec(Timer const& timer);

}  // namespace posix
