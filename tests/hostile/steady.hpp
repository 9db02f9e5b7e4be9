// The well-behaved: a client and its server, each a process, of a higher priority than the others.
// Now and then the client makes a number of calls; how long they take is its rate.
#pragma once
#include "tests/kernel/threads.hpp"

namespace hostile {

class Steady {
public:
    explicit Steady(std::uint32_t priority);

    // What it has done so far.
    struct Work {
        std::uint64_t rounds;  // calls that were answered
        abi::Ticks time;       // that they took
    };
    Work work() const;
    bool has_ended() const { return server_.has_ended() || client_.has_ended(); }

private:
    test::Child server_;
    test::Child client_;
};

}  // namespace hostile
