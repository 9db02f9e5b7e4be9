// Turns what a server's method returned into the message that answers the call.
#pragma once
#include "lib/sys/client.hpp"

namespace sys {

// Writes the answer into an empty message.
template <class Method>
[[gnu::always_inline]] inline Status answer(Registers& message,
                                            Result<typename Method::Answer> result)
{
    using Results = typename Method::Results;
    if (!result) [[unlikely]]
        return result.error();
    if constexpr (!std::is_void_v<typename Method::Answer>) {
        Results results = Method::pack(*std::move(result));
        if constexpr (Results::flat) {
            results.encode(codec::RegisterWriter{message.words});
        } else {
            OutgoingMessage content;
            if (auto encoded = content.encode(results); !encoded)
                return encoded.error();
            message.header = content.store().bits;
            if constexpr (Results::capability_count > 0)
                results.release();
        }
    }
    return Status::ok;
}

// Answers the call that this worker serves. Does not return.
template <class Method>
[[gnu::always_inline]] inline void reply_with(Result<typename Method::Answer> result)
{
    Registers message;
    Status status = answer<Method>(message, std::move(result));
    reply(status, message);
}

// The answer to a method that the interface does not have. Handles that came with it are closed.
void refuse_method(std::uint64_t header);

}  // namespace sys
