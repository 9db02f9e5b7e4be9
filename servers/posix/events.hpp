// What happens to processes without a call: they end, and their timers are due.
#pragma once
#include "lib/sys/notification_handler.hpp"
#include "servers/posix/service.hpp"

namespace posix {

class Events final : public sys::NotificationHandler {
public:
    explicit Events(Service& service) : service_{service} {}

    void notified(std::uint64_t bits) override;

private:
    Service& service_;
};

}  // namespace posix
