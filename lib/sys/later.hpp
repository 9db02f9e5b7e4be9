// Answering a call later, from any thread: the server's method takes the call's Reply, keeps it,
// and returns `later`.
//
//     Result<std::uint32_t> read(sys::LeaseOut buffer) override
//     {
//         auto reply = TRY(sys::take_reply<Console::ReadCall>());
//         waiting_.emplace(reply.hold(buffer), std::move(reply));
//         return fail(sys::later);
//     }
//
// The caller goes on waiting, and its CPU slice with it, until `send`.
#pragma once
#include "lib/sys/answer.hpp"

namespace sys {

// Returned by a method whose Reply was taken. It reaches nobody: the worker has no caller any more.
inline constexpr Status later = Status::busy;

// The one answer that a caller waits for. One that is dropped answers peer_died, so that no client
// hangs on a forgotten request.
template <class Method>
class [[nodiscard]] Reply {
public:
    explicit Reply(Handle record) : record_{std::move(record)} {}
    Reply(Reply&&) = default;
    // A call that this one still had to answer is dropped.
    Reply& operator=(Reply&& other)
    {
        drop();
        record_ = std::move(other.record_);
        return *this;
    }
    ~Reply() { drop(); }

    // The second time it does nothing. A caller that is gone by now does not matter to the server.
    void send(Result<typename Method::Answer> result)
    {
        if (!record_)
            return;
        Registers message;
        Status status = answer<Method>(message, std::move(result));
        (void)complete(record_.release(), {message.header}, status, message.words);
    }

    // The same lease, usable from any thread until the answer is sent.
    LeaseIn hold(LeaseIn const& lease) const
    {
        return {record_.value(), lease.index(), lease.size()};
    }
    LeaseOut hold(LeaseOut const& lease) const
    {
        return {record_.value(), lease.index(), lease.size()};
    }

    bool is_sent() const { return !record_; }

private:
    void drop() { send(fail(Status::peer_died)); }

    Handle record_;
};

// The reply to the call that this worker serves, which is one of `Method`.
// Errors: no_handles, no_memory, interrupted (the caller; it must not wait)
template <class Method>
Result<Reply<Method>> take_reply()
{
    return Reply<Method>{TRY(detach())};
}

}  // namespace sys
