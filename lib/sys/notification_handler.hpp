// Takes the notifications that are bound to a pool.
#pragma once
#include <cstdint>

namespace sys {

class NotificationHandler {
public:
    // `bits` were pending and are cleared. Runs on a worker, on the pool's own slice.
    virtual void notified(std::uint64_t bits) = 0;

protected:
    ~NotificationHandler() = default;
};

}  // namespace sys
