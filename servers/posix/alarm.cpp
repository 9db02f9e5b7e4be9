#include "servers/posix/alarm.hpp"
#include "servers/posix/process.hpp"

namespace posix {

void Alarm::start(abi::Ticks deadline, abi::Ticks interval)
{
    interval_ = interval;
    last_ = deadline;
    service_.set_timer(*this, deadline);
}

// Those that were missed are not made up for.
void Alarm::due(abi::Ticks now)
{
    if (interval_ != 0)
        start(last_ + (now - last_) / interval_ * interval_ + interval_, interval_);
    process_.receive(alarm);
}

}  // namespace posix
