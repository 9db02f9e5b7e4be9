// Calls, replies and queues.
#include "tests/model/rules/pair.hpp"

using namespace model;

TEST(call, runs_an_idle_worker_on_the_slice_of_its_caller)
{
    Pair p;
    ASSERT_EQ(p.world.current(), &p.client);
    p.call();
    EXPECT_EQ(p.world.current(), p.pool.workers.front());
    EXPECT_EQ(p.hart.slice, &p.client.own_slice);
    EXPECT_EQ(p.client.state, Thread::State::calling);
}

TEST(call, hands_badge_and_words_to_the_worker)
{
    Pair p;
    p.call(1);
    Answer const message = World::answer(p.hart);
    EXPECT_EQ(std::to_underlying(message.status), 77u);  // a0 is the badge
    EXPECT_EQ(message.words[0], 1u);
    EXPECT_EQ(message.words[4], 5u);
}

TEST(call, returns_what_the_worker_answers)
{
    Pair p;
    p.call();
    p.reply(Status::busy, 9);
    EXPECT_EQ(p.world.current(), &p.client);
    EXPECT_EQ(World::answer(p.hart).status, Status::busy);
    EXPECT_EQ(World::answer(p.hart).words[1], 9u);
    EXPECT_TRUE(p.pool.has_idle(*p.pool.workers.front()));
}

TEST(call, waits_in_the_queue_while_all_workers_are_busy)
{
    Pair p{2};
    Thread& second = p.world.new_thread(p.client_process, 10);
    p.world.take_interrupts();
    p.call();
    Hart& other = p.world.hart(1);
    ASSERT_EQ(other.current, &second);
    p.world.call(other, abi::Syscall::call, {p.door, 0, 8});
    EXPECT_EQ(second.state, Thread::State::queued);
    EXPECT_EQ(machine.state(other).mode, Mode::asleep);
    check_invariants();

    p.reply(Status::ok, 0);
    EXPECT_EQ(second.state, Thread::State::calling);
    EXPECT_EQ(second.callee, p.pool.workers.front());
}

TEST(call, fails_through_an_endpoint_that_was_revoked)
{
    Pair p;
    ASSERT_TRUE(p.world.run(p.server, kernel::syscall::revoke, {p.server_door}));
    p.call();
    EXPECT_EQ(p.world.current(), &p.client);
    EXPECT_EQ(World::answer(p.hart).status, Status::revoked);
}

TEST(call, into_a_pool_that_its_own_chain_waits_for_is_a_deadlock)
{
    Pair p;
    p.call();  // the only worker now calls its own server
    p.world.call(p.hart, abi::Syscall::call, {p.server_door});
    EXPECT_EQ(World::answer(p.hart).status, Status::deadlock);
    EXPECT_EQ(p.world.current(), p.pool.workers.front());
}

TEST(call, keeps_what_a_function_keeps_and_clears_the_rest)
{
    Pair p;
    auto& user = machine.state(p.hart).user;
    for (std::size_t i = 5; i < 32; i++)
        user.x[i] = 1000 + i;
    p.call();
    EXPECT_EQ(user.x[8], 0u);  // the worker sees nothing of its client's
    EXPECT_EQ(user.x[28], 0u);
    for (std::size_t i = 5; i < 32; i++)
        user.x[i] = 2000 + i;
    p.reply(Status::ok, 0);
    EXPECT_EQ(user.x[8], 1008u);
    EXPECT_EQ(user.x[27], 1027u);
    EXPECT_EQ(user.x[28], 0u);
}
