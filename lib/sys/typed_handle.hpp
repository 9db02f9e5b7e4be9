// Handles whose type says what they name. Generated clients derive from EndpointHandle; kernel
// objects, which have no methods, are TypedHandles.
#pragma once
#include "lib/sys/handle.hpp"
#include "lib/sys/syscalls.hpp"

namespace sys {

class EndpointHandle : public Handle {
public:
    // A client gets no `manage`: only the server revokes.
    static constexpr Rights passed_rights =
        std::to_underlying(abi::Right::call) | std::to_underlying(abi::Right::duplicate);

    EndpointHandle() = default;
    explicit EndpointHandle(Handle handle) : Handle{std::move(handle)} {}
};

template <class Tag>
class TypedHandle : public Handle {
public:
    static constexpr Rights passed_rights = 0;  // all that the sender has

    TypedHandle() = default;
    explicit TypedHandle(Handle handle) : Handle{std::move(handle)} {}
};

}  // namespace sys
