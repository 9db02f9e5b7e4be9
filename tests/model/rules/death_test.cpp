// What becomes of calls when somebody ends.
#include "tests/model/rules/pair.hpp"

using namespace model;

TEST(death, of_a_server_completes_its_callers_once)
{
    Pair p;
    p.call();
    p.world.kill(p.server);
    EXPECT_EQ(p.world.current(), &p.client);
    EXPECT_EQ(World::answer(p.hart).status, Status::peer_died);
    p.call();
    EXPECT_EQ(World::answer(p.hart).status, Status::peer_died);
}

TEST(death, of_a_client_leaves_its_server_working_on_its_own_slice)
{
    Pair p;
    p.call();
    Thread& worker = *p.pool.workers.front();
    p.world.kill(p.client_process);
    EXPECT_EQ(worker.caller, nullptr);
    EXPECT_EQ(p.world.current(), &worker);
    EXPECT_EQ(p.hart.slice, &p.pool.slice);
    check_invariants();
    p.reply(Status::ok, 0);
    EXPECT_TRUE(worker.pool->has_idle(worker));
}

TEST(death, in_the_middle_of_a_chain_completes_below_and_abandons_above)
{
    Pair p;
    Process& last = p.world.new_process();
    Pool& last_pool = p.world.new_pool(last, 10);
    Thread& last_worker = p.world.new_worker(last_pool);
    HandleValue const inner = p.world.grant(last, p.world.new_endpoint(last_pool, 1), p.server);
    p.call();
    p.world.call(p.hart, abi::Syscall::call, {inner});
    ASSERT_EQ(p.world.current(), &last_worker);
    p.world.kill(p.server);
    EXPECT_EQ(last_worker.caller, nullptr);
    EXPECT_EQ(p.client.state, Thread::State::running);
    check_invariants();
}

// What a slice that runs had at its top when it last stood still means nothing: here a worker that
// has answered since, and has been left alone by its next client.
TEST(death, of_a_worker_that_waits_for_its_slice_leaves_the_slice_to_who_runs_on_it)
{
    Pair p{2, 3};
    Hart& other = p.world.hart(1);
    auto const call = [&](abi::Syscall number, std::initializer_list<std::uint64_t> words) {
        p.world.call(other, number, words);
    };
    HandleValue const news = p.world.new_notification(p.client_process);
    Thread& sleeper = p.world.new_thread(p.client_process, 10);
    p.world.take_interrupts();
    ASSERT_EQ(p.world.current(1), &sleeper);
    HandleValue const event = p.world.new_notification(p.server);
    HandleValue const pool = p.world.handle_to(p.server, p.pool);
    ASSERT_TRUE(p.world.run(p.server, kernel::syscall::bind, {pool, event, 123}));
    ASSERT_TRUE(p.world.run(p.server, kernel::syscall::signal, {event, 8}));
    call(abi::Syscall::wait, {news, abi::never});
    Thread& first = *p.world.current(1);
    ASSERT_EQ(first.pool, &p.pool);
    call(abi::Syscall::call, {p.server_door});
    Thread& second = *p.world.current(1);
    ASSERT_NE(&second, &first);
    ASSERT_TRUE(p.world.run(p.client_process, kernel::syscall::signal, {news, 1}));
    call(abi::Syscall::yield, {});
    ASSERT_EQ(p.world.current(1), &sleeper);
    call(abi::Syscall::wait, {news, abi::never});
    ASSERT_EQ(p.world.current(1), &second);
    call(abi::Syscall::reply, {std::to_underlying(Status::ok)});
    ASSERT_EQ(p.world.current(1), &first);
    ASSERT_EQ(p.pool.slice.top, &second);

    p.call();
    p.world.call(p.hart, abi::Syscall::call, {p.server_door});
    ASSERT_EQ(p.world.current(), &second);
    p.world.kill(p.client_process);
    EXPECT_EQ(p.pool.pending.front(), &second);
    p.world.kill(p.server);
    p.world.take_interrupts();
    EXPECT_EQ(p.world.current(0), nullptr);
    EXPECT_EQ(p.world.current(1), nullptr);
}

TEST(death, of_a_process_on_another_hart_reaches_it_in_user_mode)
{
    Pair p{2};
    Thread& second = p.world.new_thread(p.client_process, 10);
    p.world.take_interrupts();
    ASSERT_EQ(p.world.current(1), &second);
    p.world.kill(p.client_process);
    p.world.take_interrupts();
    EXPECT_EQ(p.world.current(0), nullptr);
    EXPECT_EQ(p.world.current(1), nullptr);
}

TEST(death, of_everybody_leaves_nothing_behind)
{
    World world{2};
    Stock const before = take_stock();
    Process& server = world.new_process();
    Pool& pool = world.new_pool(server, 3);
    world.new_worker(pool);
    world.new_endpoint(pool, 1);
    world.new_thread(server, 3);
    for (Process* process : {&server}) {
        world.kill(*process);
        ASSERT_TRUE(world.run(world.root(), kernel::syscall::close,
                              {world.handle_to(world.root(), *process)}));
    }
    for (int round = 0; round < 4; round++) {
        world.take_interrupts();
        machine.perform(world.hart(0), [] {});
    }
    check_nothing_is_left(before);
}

// What it has made for itself holds it, and is held by it.
TEST(death, comes_to_a_process_that_nobody_can_start_any_more)
{
    World world;
    std::uint64_t const used = world.root().used_bytes;
    Process const& process = world.new_process();
    ASSERT_GT(world.root().used_bytes, used);
    HandleValue const handle = world.handle_to(world.root(), process);
    ASSERT_TRUE(world.run(world.root(), kernel::syscall::close, {handle}));
    world.take_interrupts();
    EXPECT_EQ(world.root().used_bytes, used);
    check_invariants();
}
