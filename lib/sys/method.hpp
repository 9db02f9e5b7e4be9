// What a generated method descriptor says. `File::ReadCall`, for example, has
//
//   label       the label word: interface id and method ordinal
//   name        "File::read", for messages
//   idempotent  may be sent again to a restarted server
//   leases      the access that each lease needs, in order
//   errors      the method's declared failures
//   Params      the struct that it sends, Results the one that it returns
//   Answer      what the server's method returns as a Result; Received what the client's does
//   pack        makes Results of an Answer
#pragma once
#include "abi/message.hpp"
#include "lib/base/result.hpp"
#include <algorithm>
#include <array>

namespace sys {

// Bits 0 to 15: the method's ordinal; above: the low 48 bits of the id of the interface that
// declares it.
constexpr std::uint64_t interface_label(std::uint64_t interface_id) { return interface_id << 16; }
constexpr std::uint64_t method_label(std::uint64_t interface_id, std::uint16_t ordinal)
{
    return interface_label(interface_id) | ordinal;
}
inline constexpr std::uint64_t ordinal_mask = 0xffff;

// Failures that any call can have, whatever its interface says.
constexpr bool is_transport_error(Status status)
{
    constexpr std::array always{
        Status::bad_handle, Status::wrong_type,  Status::no_right,      Status::bad_message,
        Status::no_memory,  Status::busy,        Status::timed_out,     Status::peer_died,
        Status::deadlock,   Status::interrupted, Status::cancelled,     Status::revoked,
        Status::bad_method, Status::no_handles,  Status::lease_fault,   Status::bad_address,
        Status::restarted,  Status::too_large,   Status::not_supported, Status::bad_reply,
    };
    return std::ranges::find(always, status) != always.end();
}

// Whether the interface allows the method to answer so.
template <class Method>
constexpr bool may_fail_with(Status status)
{
    return is_transport_error(status) ||
           std::ranges::find(Method::errors, status) != Method::errors.end();
}

// A failure as the method's caller is told it: one that its interface does not list would mean
// nothing to it.
template <class Method>
[[gnu::noinline]] constexpr Status listed_failure(Status status)
{
    return may_fail_with<Method>(status) ? status : Status::bad_reply;
}

}  // namespace sys
