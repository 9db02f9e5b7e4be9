#include "servers/posix/watchers.hpp"
#include "lib/sys/syscalls.hpp"
#include <algorithm>

namespace posix {

Result<std::uint16_t> Watchers::poll(std::uint16_t wanted, std::uint16_t ready,
                                     Notification notification, std::uint64_t bits)
{
    auto const found = static_cast<std::uint16_t>(ready & (wanted | poll_always));
    if (found != 0 || !notification)
        return found;
    auto const place =
        std::ranges::find_if(watchers_, [](Watcher const& each) { return !each.notification; });
    if (place == watchers_.end()) {  // those that are gone by now do not mind
        tell();
        return fail(Status::busy);
    }
    *place = {std::move(notification), bits};
    return 0;
}

void Watchers::tell()
{
    for (Watcher& watcher : watchers_) {
        if (!watcher.notification)
            continue;
        (void)sys::signal(watcher.notification.value(), watcher.bits);
        watcher.notification = {};
    }
}

}  // namespace posix
