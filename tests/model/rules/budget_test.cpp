// Who has a limit on CPU time, and overruns it in a server.
#include "kernel/sched/lending.hpp"
#include "tests/model/rules/pair.hpp"

using namespace model;

namespace {

constexpr abi::Ticks budget = 50;
constexpr abi::Ticks period = 1000;

void limit(Thread& client)
{
    client.own_slice.budget.configure(budget, period, machine_clock.ticks);
    kernel::lending::settle(client.own_slice);
}

// A client with a limit has called a server that lets it owe what it overruns, and has used up all
// that it has. The server goes on for `overrun` ticks.
struct Overrun {
    explicit Overrun(abi::Ticks overrun)
    {
        world.new_worker(pool);
        client = &world.new_thread(client_process, 10);
        limit(*client);
        call();
        run_for(budget);
        run_for(overrun);
        EXPECT_EQ(world.current(), &worker());
        EXPECT_EQ(hart.slice, &pool.slice);
    }
    ~Overrun() { check_invariants(); }

    void call() { world.call(hart, abi::Syscall::call, {door}); }
    void reply() { world.call(hart, abi::Syscall::reply, {}); }
    void run_for(abi::Ticks ticks)
    {
        world.advance(ticks);
        world.take_interrupts();
    }
    // How long it takes until the client runs.
    abi::Ticks wait_for_client()
    {
        abi::Ticks waited = 0;
        for (; world.current() != client && waited < 10 * period; waited++)
            run_for(1);
        return waited;
    }
    Thread& worker() { return *pool.workers.front(); }

    World world;
    Hart& hart = world.hart(0);
    Process& server = world.new_process();
    Pool& pool = world.new_pool(server, 5, std::to_underlying(abi::PoolFlags::owe_overrun));
    Process& client_process = world.new_process();
    HandleValue door = world.grant(server, world.new_endpoint(pool, 1), client_process);
    Thread* client = nullptr;
};

}  // namespace

// The refill comes a period after the call; a debt takes from it.
TEST(budget, a_small_overrun_leaves_the_rest_of_the_next_refill)
{
    constexpr abi::Ticks overrun = budget / 5;
    Overrun o{overrun};
    o.reply();
    EXPECT_EQ(o.wait_for_client(), period - budget - overrun);
    EXPECT_EQ(o.client->own_slice.budget.available(machine_clock.ticks), budget - overrun);
}

TEST(budget, a_long_overrun_is_a_debt_of_one_budget)
{
    Overrun o{10 * budget};
    o.reply();
    EXPECT_EQ(o.wait_for_client(), period - budget);  // after the last tick of the overrun
    EXPECT_EQ(o.client->own_slice.budget.available(machine_clock.ticks), budget);
}

TEST(budget, nobody_owes_what_was_done_for_a_client_that_has_died)
{
    Overrun o{10 * budget};
    Process& other_process = o.world.new_process();
    HandleValue const door =
        o.world.grant(o.server, o.world.new_endpoint(o.pool, 2), other_process);
    o.world.kill(o.client_process);
    EXPECT_EQ(o.world.current(), &o.worker());
    EXPECT_EQ(o.worker().caller, nullptr);
    o.run_for(10 * budget);
    o.reply();
    Thread& other = o.world.new_thread(other_process, 10);
    limit(other);
    ASSERT_EQ(o.world.current(), &other);
    o.world.call(o.hart, abi::Syscall::call, {door});
    o.reply();
    EXPECT_EQ(o.world.current(), &other);
    EXPECT_EQ(other.own_slice.budget.available(machine_clock.ticks), budget);
}
