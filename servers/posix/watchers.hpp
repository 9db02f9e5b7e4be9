// Who polls something that is not ready: each is signalled once.
#pragma once
#include "generated/interfaces/kernel.hpp"
#include "lib/base/result.hpp"
#include <array>

namespace posix {

// Events, as <poll.h> numbers them.
inline constexpr std::uint16_t poll_in = 0x001 | 0x040;
inline constexpr std::uint16_t poll_out = 0x004 | 0x100;
inline constexpr std::uint16_t poll_error = 0x008;
inline constexpr std::uint16_t poll_hang_up = 0x010;
inline constexpr std::uint16_t poll_always = poll_error | poll_hang_up;

class Watchers {
public:
    // What of `wanted` is in `ready`; if nothing is, the notification is kept, if there is one.
    // Errors: busy (there are too many)
    Result<std::uint16_t> poll(std::uint16_t wanted, std::uint16_t ready, Notification notification,
                               std::uint64_t bits);

    // Something is ready.
    void tell();

private:
    struct Watcher {
        Notification notification;  // of no value: the place is free
        std::uint64_t bits = 0;
    };

    std::array<Watcher, 16> watchers_;
};

}  // namespace posix
