#include "servers/posix/timers.hpp"
#include <algorithm>

namespace posix {

void Timers::set(Timed& item, abi::Ticks deadline)
{
    if (item.deadline_ != abi::never)
        list_.remove(item);
    item.deadline_ = deadline;
    if (deadline != abi::never)
        list_.push_back(item);
}

Timed* Timers::find_due(abi::Ticks now) const
{
    Timed* item = list_.front();
    while (item != nullptr && item->deadline_ > now)
        item = list_.next(*item);
    return item;
}

// Whatever one does may set or end others.
void Timers::run_due(abi::Ticks now)
{
    while (Timed* const item = find_due(now)) {
        set(*item, abi::never);
        item->due(now);
    }
}

abi::Ticks Timers::earliest() const
{
    abi::Ticks result = abi::never;
    for (Timed const* item = list_.front(); item != nullptr; item = list_.next(*item))
        result = std::min(result, item->deadline_);
    return result;
}

}  // namespace posix
