// Who polls something that is not ready: each is signalled once.
#pragma once
#include "generated/interfaces/kernel.hpp"
#include "lib/base/result.hpp"
#include "lib/posix/poll_events.hpp"
#include <array>

namespace posix {

class Watchers {
public:
    // What of `wanted` is in `ready`; if nothing is, the notification is kept, if there is one.
    // When too many wait, they all look again.
    Result<std::uint16_t> poll(std::uint16_t wanted, std::uint16_t ready, Notification notification,
                               std::uint64_t bits);

    // Something has become ready.
    void tell(std::uint16_t changes = poll_in | poll_out | poll_always)
    {
        if (is_watched_)
            tell_each(changes);
    }

private:
    struct Watcher {
        Notification notification;  // of no value: the place is free
        std::uint64_t bits = 0;
        std::uint16_t wanted = 0;
    };

    void tell_each(std::uint16_t changes);

    std::array<Watcher, 16> watchers_;
    bool is_watched_ = false;  // there may be some
};

}  // namespace posix
