// Who waits for a word in memory.
#include "tests/model/rules/pair.hpp"

using namespace model;

// What a worker waited on for the client before this one says nothing about its urgency now.
TEST(futex, orders_who_waits_by_the_slice_that_they_are_on)
{
    Pair p;
    std::uint64_t const word = World::user_page;
    std::uint64_t const other_word = word + 8;
    auto const wait_for = [&p](std::uint64_t address) {
        p.world.call(p.hart, abi::Syscall::futex_wait, {address, 0, abi::never, 0});
    };
    Thread const& worker = *p.pool.workers.front();
    Thread& less_urgent = p.world.new_thread(p.server, 15);
    ASSERT_EQ(p.world.current(), &less_urgent);
    wait_for(word);
    p.call();
    wait_for(other_word);
    ASSERT_EQ(worker.carrier, &p.client.own_slice);
    ASSERT_TRUE(p.world.run(p.server, kernel::syscall::futex_wake, {other_word, 1}));
    p.reply(Status::ok, 0);
    ASSERT_EQ(p.world.current(), &p.client);
    Thread& urgent = p.world.new_thread(p.client_process, 20);
    ASSERT_EQ(p.world.current(), &urgent);
    p.call();
    ASSERT_EQ(p.world.current(), &worker);
    wait_for(word);
    EXPECT_EQ(p.server.futex_waiters.front(), &worker);
}
