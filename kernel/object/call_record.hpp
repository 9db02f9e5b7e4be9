// The right to answer one call later: what `detach` gives a server.
#pragma once
#include "kernel/object/thread.hpp"

namespace kernel {

// Dropping the last handle answers peer_died, so that no client waits for a forgotten reply.
class CallRecord final : public Object {
public:
    static constexpr ObjectType object_type = ObjectType::call_record;
    static constexpr abi::Rights rights = abi::rights(abi::Right::manage);

    CallRecord(Process& payer, Thread& caller) : Object{object_type, &payer}, caller{&caller} {}

    Thread* caller;  // null once it has been answered, or is gone
};

}  // namespace kernel
