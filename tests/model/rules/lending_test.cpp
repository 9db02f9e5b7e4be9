// Who waits for a worker lends its slice to the one that it waits for.
#include "tests/model/rules/pair.hpp"

using namespace model;
using State = kernel::Slice::State;

namespace {

// On two harts: a client is inside a server, all of whose workers are busy; another client waits.
struct Queue : Pair {
    explicit Queue(unsigned workers, std::uint32_t priority) : Pair{2, workers}
    {
        second = &world.new_thread(client_process, priority);
        world.take_interrupts();
        busy = &hart_of(client);
        world.call(*busy, abi::Syscall::call, {door});
        for (unsigned i = 1; i < workers; i++)  // a worker calls its own server
            world.call(*busy, abi::Syscall::call, {server_door});
        world.call(hart_of(*second), abi::Syscall::call, {door});
    }
    Hart& hart_of(Thread const& thread)
    {
        return world.current(0) == &thread ? world.hart(0) : world.hart(1);
    }
    Thread* second = nullptr;
    Hart* busy = nullptr;  // runs the first client's call
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
    q.world.call(*q.busy, abi::Syscall::reply, {});
    EXPECT_EQ(q.client.own_slice.priority, 10u);
    EXPECT_EQ(q.client.own_slice.payer, &q.client.own_slice);
    EXPECT_EQ(q.second->state, Thread::State::calling);
}

TEST(lending, turns_to_another_worker_when_the_one_that_was_helped_ends)
{
    Queue q{2, 10};
    ASSERT_EQ(q.second->own_slice.state, State::lent);
    EXPECT_EQ(q.second->own_slice.lent_to, &q.client.own_slice);
    q.world.call(*q.busy, abi::Syscall::thread_exit, {});  // the worker that runs
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
