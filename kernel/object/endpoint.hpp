// An endpoint: a badged way into a pool. Clients hold it and call; the server chose the badge.
#pragma once
#include "kernel/object/object.hpp"

namespace kernel {

class Pool;

class Endpoint final : public Object {
public:
    static constexpr ObjectType object_type = ObjectType::endpoint;
    static constexpr abi::Rights rights =
        abi::rights(abi::Right::call, abi::Right::manage, abi::Right::duplicate);

    Endpoint(Process& payer, Pool& pool, std::uint64_t badge)
        : Object{object_type, &payer}, pool{&pool}, badge{badge}, home{&pool}
    {
    }

    // Read by the fast path; null when it takes no more calls: `reason` says why.
    Pool* pool;
    std::uint64_t const badge;
    Pool* home;  // the pool that lists it, until that goes
    Status reason = Status::peer_died;
    std::uint32_t abandoned_calls = 0;  // still running; until they are done it takes no others

    ListLink<Endpoint> pool_link;
    ListLink<Endpoint> closed_link;
    bool is_revoked = false;    // its pool gets no `closed` event
    bool close_waits = false;   // the last handle has gone, but a call is still running
    bool close_queued = false;  // the pool will be, or has been, told
};

}  // namespace kernel
