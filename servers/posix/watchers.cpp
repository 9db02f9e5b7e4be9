#include "servers/posix/watchers.hpp"
#include "lib/sys/syscalls.hpp"
#include <algorithm>

namespace posix {

Result<std::uint16_t> Watchers::poll(std::uint16_t wanted, std::uint16_t ready,
                                     Notification notification, std::uint64_t bits)
{
    auto const found = static_cast<std::uint16_t>(ready & (wanted | poll_always));
    if ((found != 0 && (wanted & poll_also_changes) == 0) || !notification)
        return found;
    auto place =
        std::ranges::find_if(watchers_, [](Watcher const& each) { return !each.notification; });
    if (place == watchers_.end()) {
        tell();
        place = watchers_.begin();
    }
    is_watched_ = true;
    *place = {std::move(notification), bits, static_cast<std::uint16_t>(wanted | poll_always)};
    return found;
}

void Watchers::tell_each(std::uint16_t changes)
{
    is_watched_ = false;
    for (Watcher& watcher : watchers_) {
        if (!watcher.notification)
            continue;
        if ((watcher.wanted & changes) == 0) {
            is_watched_ = true;
            continue;
        }
        (void)sys::signal(watcher.notification.value(), watcher.bits);
        watcher = {};
    }
}

}  // namespace posix
