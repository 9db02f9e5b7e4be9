// Notifications: the link of a ring between two processes, one notification for each end.
#pragma once
#include "lib/ring/link.hpp"
#include "lib/sys/notification.hpp"

namespace ring {

class [[nodiscard]] Notifications {
public:
    static constexpr std::uint64_t wake_up_bit = 1;

    // `own` needs the right to wait, `peer` the right to signal; neither needs more.
    Notifications(sys::Notification own, sys::Notification peer)
        : own_{std::move(own)}, peer_{std::move(peer)}
    {
    }

    Result<> wake_peer() const { return peer_.signal(wake_up_bit); }
    // Errors: timed_out, interrupted
    Result<> wait(Ticks deadline) const
    {
        TRY(own_.wait(deadline));
        return {};
    }

private:
    sys::Notification own_;
    sys::Notification peer_;
};
static_assert(Link<Notifications>);

}  // namespace ring
