// Calls that are answered later.
#include "tests/model/rules/pair.hpp"

using namespace model;

namespace {

HandleValue detach(Pair& p)
{
    p.world.call(p.hart, abi::Syscall::detach, {});
    return static_cast<HandleValue>(World::answer(p.hart).value);
}

}  // namespace

TEST(later, the_worker_keeps_the_slice_until_it_replies)
{
    Pair p;
    p.call();
    detach(p);
    EXPECT_EQ(p.world.current(), p.pool.workers.front());
    EXPECT_EQ(p.hart.slice, &p.client.own_slice);
    check_invariants();
    p.reply(Status::ok, 0);
    EXPECT_EQ(p.client.state, Thread::State::calling);
    EXPECT_EQ(p.client.own_slice.state, kernel::Slice::State::parked);
}

TEST(later, a_completion_that_comes_early_waits_for_the_slice)
{
    Pair p;
    p.call();
    HandleValue const record = detach(p);
    p.world.call(p.hart, abi::Syscall::complete, {record, 0, 0, 42});
    EXPECT_EQ(p.world.current(), p.pool.workers.front());
    check_invariants();
    p.reply(Status::ok, 0);
    EXPECT_EQ(p.world.current(), &p.client);
    EXPECT_EQ(World::answer(p.hart).words[1], 42u);
}

TEST(later, a_record_that_is_dropped_answers_peer_died)
{
    Pair p;
    p.call();
    HandleValue const record = detach(p);
    p.world.call(p.hart, abi::Syscall::close, {record});
    p.reply(Status::ok, 0);
    EXPECT_EQ(World::answer(p.hart).status, Status::peer_died);
}

TEST(later, the_death_of_a_detached_caller_cancels_its_completion)
{
    Pair p;
    p.call();
    HandleValue const record = detach(p);
    p.world.kill(p.client_process);
    ASSERT_EQ(p.world.current(), p.pool.workers.front());
    p.world.call(p.hart, abi::Syscall::complete, {record});
    EXPECT_EQ(World::answer(p.hart).status, Status::cancelled);
}
