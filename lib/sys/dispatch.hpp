// The server's side of generated stubs: decodes parameters, calls the method, encodes its answer.
#pragma once
#include "lib/sys/client.hpp"
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

template <class Method, class Body>
[[gnu::noinline]] Status serve_from_buffer(Registers& message, Body const& body)
{
    using Params = typename Method::Params;
    IncomingMessage incoming{message};
    auto root = incoming.check(Params::shape());
    auto leases = IncomingLeases::receive({message.header}, Method::leases);
    if (!root || !leases)
        return refuse(message, Status::bad_message);
    auto params = decode<Params>(*root, incoming.handles());
    return answer<Method>(message, body(params, *leases));
}

}  // namespace detail

// Serves one call of a method: `body(params, leases)` is a call of the server's function.
template <class Method, class Body>
Status serve(Registers& message, Body const& body)
{
    using Params = typename Method::Params;
    if constexpr (Params::flat) {
        if (message.header == detail::register_header(Method::leases.size())) [[likely]] {
            auto leases = IncomingLeases::receive({message.header}, Method::leases);
            if (!leases)
                return refuse(message, leases.error());
            auto params = Params::decode(codec::RegisterReader{message.words});
            return answer<Method>(message, body(params, *leases));
        }
    }
    return detail::serve_from_buffer<Method>(message, body);
}

}  // namespace sys
