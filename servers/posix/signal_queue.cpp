#include "servers/posix/signal_queue.hpp"
#include <algorithm>

namespace posix {

bool SignalQueue::add(Signal signal, SignalDetails const& details)
{
    auto const same = std::ranges::find(rows_, signal, &Row::signal);
    if (signal < first_real_time_signal && same != rows_.end()) {
        same->details = details;
        return true;
    }
    if (rows_.size() == most)
        return false;
    rows_.push_back({signal, details});
    return true;
}

Result<SignalDetails> SignalQueue::take(Signal signal)
{
    auto const first = std::ranges::find(rows_, signal, &Row::signal);
    if (first == rows_.end())
        return fail(Status::not_found);
    auto details = first->details;
    rows_.erase(first);
    details.more = std::ranges::find(rows_, signal, &Row::signal) != rows_.end();
    return details;
}

}  // namespace posix
