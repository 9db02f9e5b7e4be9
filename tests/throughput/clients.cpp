#include "tests/throughput/clients.hpp"
#include "tests/kernel/threads.hpp"

namespace throughput {

using namespace test;

namespace {

constexpr std::uint32_t priority = 10;
constexpr std::size_t clients_a_hart = 4;
constexpr std::uint64_t rounds_at_a_time = 64;
constexpr std::uint64_t warm_up_ms = 20;
constexpr std::uint64_t window_ms = 30;
constexpr unsigned windows = 5;

// Each client's count has a cache line of its own.
std::atomic<std::uint64_t>& rounds_of(std::size_t client) { return shared().word[client * 8]; }

struct Plan {
    Work work;
    std::size_t client;
    std::uint64_t hart_bit;
};
constinit Plan plan{};

void compute(std::uint64_t)
{
    for (std::uint64_t volatile number = 1;; rounds_of(plan.client) += rounds_at_a_time)
        for (std::uint64_t i = 0; i < rounds_at_a_time; i++)
            number = number * 5 + 1;
}

void make_calls(std::uint64_t)
{
    for (;; rounds_of(plan.client) += rounds_at_a_time)
        for (std::uint64_t i = 0; i < rounds_at_a_time; i++)
            expect_status(call(given(1)).status, Status::ok);
}

void be_client(std::uint64_t)
{
    Entry const entry = plan.work == Work::loops ? compute : make_calls;
    auto const thread = start_thread_with_handle(entry, 0, priority, plan.hart_bit);
    stay();
}

}  // namespace

Clients::Clients(Work work, std::size_t harts)
{
    std::size_t const each = work == Work::clients ? clients_a_hart : 1;
    HandleValue endpoint = 0;
    for (std::size_t hart = 0; hart < harts; hart++) {
        if (work == Work::pairs)
            endpoint = start_server(1);
        else if (work == Work::clients && hart == 0)
            endpoint = start_server(clients_a_hart * harts);
        for (std::size_t i = 0; i < each; i++)
            start_client(work, hart, endpoint);
    }
}

HandleValue Clients::start_server(std::size_t workers)
{
    Child& server = servers_[server_count_].emplace(ChildOptions{.priority = priority});
    endpoints_[server_count_] = test::start_server(server, echo, 0, workers);
    return endpoints_[server_count_++].value();
}

void Clients::start_client(Work work, std::size_t hart, HandleValue endpoint)
{
    plan = {work, client_count_, 1ull << hart};
    rounds_of(client_count_) = 0;
    Child& client = clients_[client_count_++].emplace(ChildOptions{.priority = priority});
    if (endpoint != 0)
        client.give(endpoint);
    client.start(be_client);
}

std::uint64_t Clients::rounds() const
{
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < client_count_; i++)
        sum += rounds_of(i);
    return sum;
}

std::uint64_t Clients::rate_in_window() const
{
    std::uint64_t const before = rounds();
    abi::Ticks const begin = after(0);
    pause(window_ms);
    return (rounds() - before) * milliseconds(1000) / (after(0) - begin);
}

std::uint64_t Clients::best_rate() const
{
    pause(warm_up_ms);
    std::uint64_t best = 0;
    for (unsigned i = 0; i < windows; i++)
        best = std::max(best, rate_in_window());
    for (auto const& client : clients_)
        expect(!client || !client->has_ended());
    return best;
}

}  // namespace throughput
