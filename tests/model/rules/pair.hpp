// A client and a server with one worker, on one hart; the client runs.
#pragma once
#include "tests/model/check/checker.hpp"
#include "tests/model/world/world.hpp"
#include <gtest/gtest.h>

namespace model {

struct Pair {
    explicit Pair(unsigned harts = 1, unsigned workers = 1) : world{harts}
    {
        for (unsigned i = 0; i < workers; i++)
            world.new_worker(pool);
    }
    ~Pair() { check_invariants(); }

    World world;
    Process& server = world.new_process();
    Pool& pool = world.new_pool(server, 10);
    HandleValue server_door = world.new_endpoint(pool, 77);
    Process& client_process = world.new_process();
    Thread& client = world.new_thread(client_process, 10);
    HandleValue door = world.grant(server, server_door, client_process);
    Hart& hart = world.hart(0);

    void call(std::uint64_t token = 1)
    {
        world.call(hart, abi::Syscall::call, {door, 0, token, 2, 3, 4, 5});
    }
    void reply(Status status, std::uint64_t word)
    {
        world.call(hart, abi::Syscall::reply, {std::to_underlying(status), 0, 0, word});
    }
    Endpoint& endpoint() { return world.object<Endpoint>(server, server_door); }
};

}  // namespace model
