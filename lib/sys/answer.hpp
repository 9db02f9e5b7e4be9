// Turns what a server's method returned into the message that answers the call.
#pragma once
#include "lib/sys/client.hpp"

namespace sys {

// An answer without content.
inline Status refuse(Registers& message, Status status)
{
    message = {};
    return status;
}

// The answer to a method that the interface does not have. Handles that came with it are closed.
inline Status refuse_method(Registers& message)
{
    ReceivedHandles{MessageHeader{message.header}};
    return refuse(message, Status::bad_method);
}

// Writes the answer over the call.
template <class Method>
Status answer(Registers& message, Result<typename Method::Answer> result)
{
    using Results = typename Method::Results;
    message.header = 0;
    if (!result) [[unlikely]]
        return result.error();
    std::ranges::fill(message.words, 0);
    if constexpr (!std::is_void_v<typename Method::Answer>) {
        Results results = Method::pack(*std::move(result));
        if constexpr (Results::flat) {
            results.encode(codec::RegisterWriter{message.words});
        } else {
            auto header = detail::encode(results);
            if (!header)
                return header.error();
            message.header = header->bits;
            if constexpr (Results::capability_count > 0)
                results.release();
        }
    }
    return Status::ok;
}

}  // namespace sys
