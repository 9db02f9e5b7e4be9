#include "servers/posix/signal_queue.hpp"
#include <algorithm>

namespace posix {

bool SignalQueue::add(Signal signal, SignalDetails const& details, std::int32_t thread)
{
    bool const replaces = signal < first_real_time_signal && details.code != signal_code::by_timer;
    auto const same = std::ranges::find_if(rows_, [signal](Row const& row) {
        return row.signal == signal && row.details.code != signal_code::by_timer;
    });
    if (replaces && same != rows_.end()) {
        same->details = details;
        return true;
    }
    if (rows_.size() == most)
        return false;
    rows_.push_back({signal, details, thread});
    return true;
}

Result<SignalDetails> SignalQueue::take(Signal signal, std::int32_t thread)
{
    auto const is_wanted = [=](Row const& row) {
        return row.signal == signal && (row.thread == 0 || row.thread == thread);
    };
    auto const first = std::ranges::find_if(rows_, is_wanted);
    if (first == rows_.end())
        return fail(Status::not_found);
    auto details = first->details;
    rows_.erase(first);
    details.more = std::ranges::any_of(rows_, is_wanted);
    return details;
}

void SignalQueue::forget_timer(std::int32_t number)
{
    std::erase_if(rows_, [number](Row const& row) {
        return row.details.code == signal_code::by_timer && row.details.process == number;
    });
}

}  // namespace posix
