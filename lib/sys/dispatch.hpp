// The server's side of generated stubs: decodes parameters, calls the method, answers.
#pragma once
#include "lib/sys/answer.hpp"
#include "lib/sys/incoming_message.hpp"
#include "lib/sys/later.hpp"
#include "lib/sys/server.hpp"

namespace sys {

namespace detail {

// The whole message of the short form, or of one that has leases besides.
constexpr std::uint64_t register_header(std::size_t lease_count)
{
    return MessageHeader::make(0, 0, 0, lease_count).bits;
}

template <class Method>
Result<IncomingLeases> receive_leases(std::uint64_t header)
{
    if constexpr (Method::leases.empty())
        return IncomingLeases{};
    else
        return IncomingLeases::receive({header}, Method::leases);
}

// The answer is written while the call's message is still there: a method may return what it was
// given.
template <class Method, class Body>
Status answer_from_buffer(Registers& answered, Registers const& message, Body body)
{
    using Params = typename Method::Params;
    IncomingMessage incoming{message};
    auto root = incoming.check(Params::shape());
    auto leases = receive_leases<Method>(message.header);
    if (!root || !leases)
        return Status::bad_message;
    auto params = decode<Params>(*root, incoming.handles());
    return answer<Method>(answered, body(params, *leases));
}

// Everything that the message owned is gone before the reply is sent, which does not return.
template <class Method, class Body>
[[gnu::noinline]] void serve_from_buffer(Body body, Registers message)
{
    Registers answered;
    Status status = answer_from_buffer<Method>(answered, message, body);
    reply(status, answered);
}

}  // namespace detail

// Serves one call of a method: `body(params, leases)` calls the server's function. The order of the
// arguments is that of `dispatch`, with `this` in the body, so that nothing has to be moved.
template <class Method, class Body>
[[gnu::noinline]] void serve(Body body, std::uint64_t header, std::uint64_t /*label*/,
                             std::uint64_t word0, std::uint64_t word1, std::uint64_t word2,
                             std::uint64_t word3)
{
    using Params = typename Method::Params;
    if constexpr (Params::flat) {
        if (header == detail::register_header(Method::leases.size())) [[likely]] {
            codec::Word const words[] = {word0, word1, word2, word3};
            auto leases = detail::receive_leases<Method>(header);
            if (!leases)
                reply_with<Method>(fail(leases.error()));
            auto params = Params::decode(codec::RegisterReader{words});
            reply_with<Method>(body(params, *leases));
        }
    }
    detail::serve_from_buffer<Method>(body, {header, 0, {word0, word1, word2, word3}});
}

}  // namespace sys
