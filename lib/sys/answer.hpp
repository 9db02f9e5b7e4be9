// Turns what a server's method returned into the message that answers the call.
#pragma once
#include "lib/sys/client.hpp"
#include <atomic>
#include <string_view>

namespace sys {

// Logs that a method failed in a way that its interface does not list.
void report_unlisted_failure(std::string_view method, Status status);

// A mistake of this server; it is logged once for each method.
template <class Method>
[[gnu::cold, gnu::noinline]] Status checked_failure(Status status)
{
    static constinit std::atomic<std::uint32_t> reports{};
    Status const listed = listed_failure<Method>(status);
    if (listed != status && reports.exchange(1, std::memory_order_relaxed) == 0)
        report_unlisted_failure(Method::name, status);
    return listed;
}

// Writes the answer into an empty message.
template <class Method>
[[gnu::always_inline]] inline Status answer(Registers& message,
                                            Result<typename Method::Answer> result)
{
    using Results = typename Method::Results;
    if (!result) [[unlikely]]
        return checked_failure<Method>(result.error());
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
