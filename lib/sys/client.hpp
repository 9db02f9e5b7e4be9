// The client's side of generated stubs: sends a method's parameters, waits, decodes the results.
#pragma once
#include "lib/codec/codec.hpp"
#include "lib/sys/call.hpp"
#include "lib/sys/lease.hpp"
#include "lib/sys/method.hpp"
#include "lib/sys/outgoing_message.hpp"
#include "lib/sys/pass.hpp"
#include "lib/sys/received_handles.hpp"
#include "lib/sys/reconnect.hpp"
#include "lib/sys/typed_handle.hpp"

namespace sys {

using OutgoingLeases = std::span<abi::Lease const>;

// Decides whether a failed call is sent again. Each kind of failure is retried a few times only:
// a server that keeps answering so is an error like any other.
class Attempts {
public:
    explicit Attempts(bool idempotent) : idempotent_{idempotent} {}

    bool again(Status status, OutgoingLeases leases)
    {
        bool fault = status == Status::lease_fault && !leases.empty();
        bool lost = status == Status::restarted && idempotent_;
        if ((!fault && !lost) || left_-- == 0)
            return false;
        return !fault || touch(leases);
    }

private:
    unsigned left_ = 3;
    bool idempotent_;
};

namespace detail {

// A copy made of single words: the original can stay in registers, which it cannot where the
// compiler copies it as a block.
constexpr Registers copy_of(Registers const& message)
{
    auto const& words = message.words;
    return {message.header, message.label, {words[0], words[1], words[2], words[3]}};
}

// Decodes a struct; only those with capabilities need the handles.
template <class S>
typename S::View decode(codec::StructReader const& from, ReceivedHandles& handles)
{
    if constexpr (S::capability_count > 0)
        return S::View::decode(from, handles);
    else
        return S::View::decode(from);
}

// The words of a received message, in the message buffer. Errors: bad_message
inline Result<codec::Segment> received_words(MessageHeader header)
{
    if (header.word_count() > abi::buffer_words)
        return fail(Status::bad_message);
    return codec::Segment{message_buffer().words}.first(header.word_count());
}

// The results of a call that succeeded. Texts and lists in them point into the message buffer.
// Errors: bad_message
template <class S>
[[gnu::noinline]] Result<typename S::View> decode_reply(Registers message)
{
    MessageHeader header{message.header};
    ReceivedHandles handles{header};
    if (header.word_count() == 0)
        return decode<S>(codec::StructReader::from_words(message.words), handles);
    auto words = TRY(received_words(header));
    auto limits = codec::Limits::for_message(words, handles.count());
    return decode<S>(TRY(codec::check(words, S::shape(), limits)), handles);
}

// How many handles a caller takes back. A newer server may pass more than this client knows of;
// they are closed.
template <class Results>
inline constexpr std::size_t accepted_handles =
    Results::capability_count > 0 ? abi::max_message_handles : 0;

// What a flat struct leaves in the message buffer.
struct NoContent {
    static constexpr MessageHeader store(std::size_t accepted, std::size_t lease_count)
    {
        return MessageHeader::make(0, 0, accepted, lease_count);
    }
};

// Puts everything that the message carries where `call` takes it from.
template <class Method, class Content>
Registers prepare(typename Method::Params const& params, Content const& content,
                  OutgoingLeases leases)
{
    constexpr auto accepts = accepted_handles<typename Method::Results>;
    Registers message{.label = Method::label};
    message.header = content.store(accepts, leases.size()).bits;
    if constexpr (Method::Params::flat)
        params.encode(codec::RegisterWriter{message.words});
    std::ranges::copy(leases, message_buffer().leases);
    return message;
}

template <class Method>
[[gnu::noinline]] Result<typename Method::Results::View>
invoke_in_buffer(Handle const& endpoint, typename Method::Params& params, OutgoingLeases leases)
{
    using Results = typename Method::Results;
    std::conditional_t<Method::Params::flat, NoContent, OutgoingMessage> content;
    if constexpr (!Method::Params::flat)
        TRY(content.encode(params));
    for (Attempts attempts{Method::idempotent};;) {
        auto message = prepare<Method>(params, content, leases);
        HandleValue const used = endpoint.value();
        Status status = call(used, message);
        if (status == Status::ok) {
            if constexpr (Method::Params::capability_count > 0)
                params.release();
            if constexpr (Results::flat)
                if (message.header == 0) [[likely]]
                    return Results::decode(codec::RegisterReader{message.words});
            return decode_reply<Results>(message);
        }
        if constexpr (Results::capability_count > 0)
            ReceivedHandles{MessageHeader{message.header}};
        status = after_reconnecting(endpoint, used, status);
        if (!attempts.again(status, leases))
            return fail(listed_failure<Method>(status));
    }
}

}  // namespace detail

// One call with leases, or with more than registers hold.
template <class Method>
Result<typename Method::Results::View> invoke(Handle const& endpoint,
                                              typename Method::Params params, OutgoingLeases leases)
{
    return detail::invoke_in_buffer<Method>(endpoint, params, leases);
}

// One call. Small structs go from registers to registers and touch no memory.
template <class Method>
[[gnu::always_inline]] inline Result<typename Method::Results::View>
invoke(Handle const& endpoint, typename Method::Params params)
{
    using Results = typename Method::Results;
    if constexpr (Method::Params::flat && Results::flat) {
        Registers message{.label = Method::label};
        params.encode(codec::RegisterWriter{message.words});
        HandleValue const used = endpoint.value();
        Status status = call(used, message);
        if (status == Status::ok && message.header == 0) [[likely]]
            return Results::decode(codec::RegisterReader{message.words});
        if (status == Status::ok)
            return detail::decode_reply<Results>(detail::copy_of(message));
        status = after_reconnecting(endpoint, used, status);
        if (!Method::idempotent || status != Status::restarted)
            return fail(listed_failure<Method>(status));
    }
    return detail::invoke_in_buffer<Method>(endpoint, params, {});
}

}  // namespace sys
