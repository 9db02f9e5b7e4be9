// Clients that do nothing but call, each in a process of its own.
#pragma once
#include "tests/kernel/child.hpp"
#include <optional>

namespace throughput {

enum class Work {
    loops,    // no calls at all: what the machine itself can do
    pairs,    // one client on each hart, with a server of its own
    clients,  // several clients on each hart, all with the same server
};

class Clients {
public:
    // On hart 0, or on harts 0 and 1. They run until the object goes.
    Clients(Work work, std::size_t harts);

    // Rounds a second, in the best of a few short whiles.
    std::uint64_t best_rate() const;

private:
    static constexpr std::size_t most = 8;

    test::HandleValue start_server(std::size_t workers);
    void start_client(Work work, std::size_t hart, test::HandleValue endpoint);
    std::uint64_t rounds() const;
    std::uint64_t rate_in_window() const;

    std::array<std::optional<test::Child>, most> servers_;
    std::array<std::optional<test::Child>, most> clients_;
    std::array<test::Handle, most> endpoints_;
    std::size_t server_count_ = 0;
    std::size_t client_count_ = 0;
};

}  // namespace throughput
