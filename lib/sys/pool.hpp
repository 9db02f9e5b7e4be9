// A server's workers: threads without a CPU slice of their own that answer the calls which arrive
// at the pool's endpoints, and take the notifications that are bound to it.
//
// With one worker nothing runs concurrently, so a server needs no locks; with more, its servers and
// handlers are called from several threads at once.
#pragma once
#include "lib/sys/notification.hpp"
#include "lib/sys/notification_handler.hpp"
#include "lib/sys/server.hpp"

namespace sys {

class [[nodiscard]] Pool {
public:
    Pool() = default;

    // At the priority of this program.
    static Result<Pool> create(abi::PoolOptions const& options = {});

    Result<> add_workers(std::size_t count) const;

    // A new endpoint whose calls go to `server`, which lives until it was told `closed`.
    Result<Handle> endpoint(Server& server) const;

    // Passes what `notification` is sent to `handler`, which outlives the pool.
    Result<> bind(Notification const& notification, NotificationHandler& handler) const;

    HandleValue handle() const { return handle_.value(); }

private:
    explicit Pool(Handle handle) : handle_{std::move(handle)} {}

    Handle handle_;
};

}  // namespace sys
