// A notification: 64 bits that others set and that one waits for.
#pragma once
#include "lib/sys/syscalls.hpp"

namespace sys {

class [[nodiscard]] Notification {
public:
    Notification() = default;
    explicit Notification(Handle handle) : handle_{std::move(handle)} {}
    static Result<Notification> create() { return Notification{TRY(notification_create())}; }

    HandleValue handle() const { return handle_.value(); }

    Result<> signal(std::uint64_t bits) const { return sys::signal(handle(), bits); }

    // The pending bits, cleared by this; waits until there are any. Errors: timed_out, interrupted.
    Result<std::uint64_t> wait(Ticks deadline = abi::never) const
    {
        return sys::wait(handle(), deadline);
    }
    Result<std::uint64_t> poll() const { return sys::poll(handle()); }

    // Sets `bits` at `time`, then each `period` ticks if that is not 0.
    Result<> arm(std::uint64_t bits, Ticks time, Ticks period = 0) const
    {
        return sys::arm(handle(), bits, time, period);
    }
    Result<> disarm(std::uint64_t bits) const { return sys::arm(handle(), bits, abi::never); }

private:
    Handle handle_;
};

}  // namespace sys
