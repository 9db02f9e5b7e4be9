// Who waits for a worker lends its slice to the one that it waits for.
#include "tests/model/rules/pair.hpp"

using namespace model;
using State = kernel::Slice::State;

namespace {

// Two harts; the client on the first one is inside a worker, another client waits for one.
struct Queue : Pair {
    explicit Queue(unsigned workers, std::uint32_t priority) : Pair{2, workers}
    {
        second = &world.new_thread(client_process, priority);
        world.take_interrupts();
        call();
        for (unsigned i = 1; i < workers; i++)
            world.call(hart, abi::Syscall::call, {server_door});  // the worker calls its own server
        Hart& other = world.hart(1);
        world.call(other, abi::Syscall::call, {door});
    }
    Thread* second = nullptr;
};

}  // namespace

TEST(lending, raises_the_priority_of_who_is_waited_for)
{
    Queue q{1, 12};
    EXPECT_EQ(q.second->own_slice.state, State::lent);
    EXPECT_EQ(q.second->own_slice.lent_to, &q.client.own_slice);
    EXPECT_EQ(q.client.own_slice.priority, 12u);
    EXPECT_EQ(q.client.own_slice.payer, &q.second->own_slice);
    check_invariants();
    q.reply(Status::ok, 0);
    EXPECT_EQ(q.client.own_slice.priority, 10u);
    EXPECT_EQ(q.client.own_slice.payer, &q.client.own_slice);
    EXPECT_EQ(q.second->state, Thread::State::calling);
}

TEST(lending, turns_to_another_worker_when_the_one_that_was_helped_ends)
{
    Queue q{2, 10};
    ASSERT_EQ(q.second->own_slice.state, State::lent);
    kernel::Slice const* const helped = q.second->own_slice.lent_to;
    EXPECT_EQ(helped, &q.client.own_slice);
    q.world.call(q.hart, abi::Syscall::thread_exit, {});  // the second worker, which ran
    q.world.take_interrupts();
    check_invariants();
    EXPECT_EQ(q.second->own_slice.state, State::lent);
}

TEST(lending, ends_with_the_wait)
{
    Queue q{1, 12};
    q.world.kill(q.client_process);
    check_invariants();
    EXPECT_EQ(q.pool.waiters.front(), nullptr);
}
