// Limits on CPU time. Architecture, section 2, item 5.
#include "lib/sys/log.hpp"
#include "tests/kernel/threads.hpp"
#include <algorithm>

namespace {

using namespace test;

std::atomic<std::uint64_t>& word(std::size_t index) { return shared().word[index]; }

void spin(std::uint64_t)
{
    while (word(2) == 0)
        word(11)++;
}

void work_for_client(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t rounds,
                     std::uint64_t, std::uint64_t, std::uint64_t)
{
    for (std::uint64_t i = 0; i < rounds; i++)
        word(12)++;
    sys::reply(Status::ok, {});
}

std::array<HandleValue, 3> servers;

// Divides its time between itself and three servers.
void use_servers(std::uint64_t)
{
    while (word(13) != 0) {
        for (std::uint64_t i = 0; i < 2000; i++)
            word(12)++;
        for (HandleValue const server : servers)
            (void)call(server, {0, 0, {2000, 0, 0, 0}});
    }
}

constexpr std::uint64_t period_ms = 50;

// Rounds of a hog on its hart in a second.
std::uint64_t hog_rounds()
{
    std::uint64_t const before = word(11);
    pause(20 * period_ms);
    return word(11) - before;
}

// Whether a thread with a tenth of the time leaves nine tenths to a hog on its hart. A busy host
// may take the hart away for a while, which counts as used: so there are several attempts, and a
// wide margin. The exact figure is printed, for a run in which the clock counts instructions.
bool gets_its_tenth(Entry limited)
{
    auto const hog = start_thread_with_handle(spin, 0, 10, 1);
    std::uint64_t share = 0;  // in thousandths
    bool found = false;
    for (int attempt = 0; attempt < 10 && !found; attempt++) {
        word(13) = 0;
        std::uint64_t const alone = hog_rounds();
        word(13) = 1;
        auto const client = start_thread_with_handle(limited, 0, 15, 1);
        must(sys::schedule(client.value(),
                           {15, milliseconds(period_ms / 10), milliseconds(period_ms), 1}));
        std::uint64_t const beside = hog_rounds();
        share = 1000 - std::min<std::uint64_t>(1000, 1000 * beside / alone);
        found = share >= 40 && share <= 250;
    }
    word(13) = 0;
    word(2) = 1;
    sys::log("a tenth of the time: ", share, " thousandths");
    return found;
}

CASE(a_budget_limits_a_thread_to_its_share)
{
    expect(gets_its_tenth([](std::uint64_t) {
        while (word(13) != 0)
            word(12)++;
    }));
}

CASE(a_budget_is_one_however_many_servers_are_called)
{
    auto const first = serve(work_for_client);
    auto const second = serve(work_for_client);
    auto const third = serve(work_for_client);
    servers = {first.value(), second.value(), third.value()};
    expect(gets_its_tenth(use_servers));
}

// Computes for a while, and until it may answer.
void compute_for_client(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                        std::uint64_t, std::uint64_t)
{
    calls_begun()++;
    for (abi::Ticks const end = after(60); after(0) < end || may_answer() == 0;) {
    }
    word(6)++;
    sys::reply(Status::ok, {});
}

void call_and_keep(std::uint64_t endpoint)
{
    auto const answer = call(static_cast<HandleValue>(endpoint));
    word(4) = static_cast<std::uint64_t>(answer.status) + 1;
    word(1)++;
}

Handle start_limited(Handle const& endpoint)
{
    word(9) = endpoint.value();
    auto thread = start_thread_with_handle(
        [](std::uint64_t) {
            eventually([] { return word(7) != 0; });
            call_and_keep(word(9));
        },
        0, 20, 1);
    must(sys::schedule(thread.value(), {20, milliseconds(5), milliseconds(1000), 1}));
    word(7) = 1;
    return thread;
}

CASE(what_overruns_a_budget_waits_for_the_refill)
{
    auto const endpoint = serve(compute_for_client);
    auto const thread = start_limited(endpoint);
    eventually([] { return calls_begun() == 1; });
    pause(150);
    may_answer() = 1;
    pause(150);
    expect_equal(word(6), 0);
    eventually([] { return word(1) == 1; });
    expect_equal(word(4), 1);
}

CASE(what_overruns_a_budget_may_move_to_the_pool_and_the_client_times_out)
{
    auto const pool = make_pool(compute_for_client, abi::with(abi::PoolFlags::move_overrun));
    add_worker(pool);
    auto const endpoint = make_endpoint(pool);
    may_answer() = 1;
    auto const thread = start_limited(endpoint);
    eventually([] { return word(6) == 1; });
    eventually([] { return word(4) != 0; });
    expect_status(static_cast<Status>(word(4) - 1), Status::timed_out);
    expect_status(call(endpoint).status, Status::ok);
}

CASE(what_overruns_a_budget_may_become_a_debt)
{
    auto const pool = make_pool(compute_for_client, abi::with(abi::PoolFlags::owe_overrun));
    add_worker(pool);
    auto const endpoint = make_endpoint(pool);
    may_answer() = 1;
    auto const thread = start_limited(endpoint);
    eventually([] { return word(6) == 1; });
    pause(150);
    expect_equal(word(1), 0);  // answered, but without CPU time of its own
    eventually([] { return word(1) == 1; });
    expect_equal(word(4), 1);
}

CASE(a_waiting_client_pays_for_a_server_whose_client_ran_out)
{
    auto const endpoint = serve(compute_for_client);
    auto const thread = start_limited(endpoint);
    eventually([] { return calls_begun() == 1; });
    pause(100);
    expect_equal(word(6), 0);
    may_answer() = 1;
    expect_status(call(endpoint).status, Status::ok);
    expect_equal(word(6), 2);
}

CASE(a_pool_may_ask_for_a_least_budget_at_its_door)
{
    auto const pool = make_pool(echo, {0, milliseconds(10), 0});
    add_worker(pool);
    auto const endpoint = make_endpoint(pool);
    expect_status(call(endpoint).status, Status::ok);
    auto const thread = start_limited(endpoint);
    eventually([] { return word(1) == 1; });
    expect_status(static_cast<Status>(word(4) - 1), Status::no_budget);
}

}  // namespace
