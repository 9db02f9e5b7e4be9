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

// On two harts: a client that is more urgent has taken the first one from the only worker, which
// serves one that is less urgent than the hog on the other.
struct Inversion {
    Inversion()
    {
        world.take_interrupts();
        world.call(world.hart(0), abi::Syscall::call, {door});
        hog = &world.new_thread(hogs, 8);
        urgent = &world.new_thread(clients, 12);
        world.take_interrupts();
    }
    ~Inversion() { check_invariants(); }

    World world{2};
    Process& server = world.new_process();
    Pool& pool = world.new_pool(server, 1);
    Thread& worker = world.new_worker(pool);
    Process& clients = world.new_process();
    HandleValue door = world.grant(server, world.new_endpoint(pool, 1), clients);
    Process& hogs = world.new_process();
    Thread& client = world.new_thread(clients, 5);
    Thread* hog = nullptr;
    Thread* urgent = nullptr;
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

TEST(lending, sets_a_preempted_worker_going_at_once)
{
    Inversion i;
    Hart& hart = i.world.hart(0);
    ASSERT_EQ(i.world.current(1), i.hog);
    ASSERT_EQ(i.world.current(0), i.urgent);
    ASSERT_EQ(i.client.own_slice.top, &i.worker);
    i.world.call(hart, abi::Syscall::call, {i.door});
    i.world.take_interrupts();  // and no time goes by
    EXPECT_EQ(i.world.current(1), i.hog);
    EXPECT_EQ(i.world.current(0), &i.worker);
    EXPECT_EQ(hart.slice, &i.client.own_slice);
    EXPECT_EQ(hart.slice->payer, &i.urgent->own_slice);
    i.world.call(hart, abi::Syscall::reply, {});
    i.world.call(hart, abi::Syscall::reply, {});
    EXPECT_EQ(i.world.current(0), i.urgent);
}

// The caller's hart has another hog to run, and must not come to the worker's help.
TEST(lending, takes_the_hog_off_the_hart_of_the_worker)
{
    Inversion i;
    Hart& hart = i.world.hart(1);
    i.client.own_slice.allowed_harts = hart.bit;
    Thread& other_hog = i.world.new_thread(i.hogs, 8);
    ASSERT_EQ(i.world.current(1), i.hog);
    i.world.call(i.world.hart(0), abi::Syscall::call, {i.door});
    i.world.take_interrupts();  // and no time goes by
    EXPECT_EQ(i.world.current(1), &i.worker);
    EXPECT_EQ(i.world.current(0), &other_hog);
    EXPECT_EQ(hart.slice, &i.client.own_slice);
    EXPECT_EQ(hart.slice->payer, &i.urgent->own_slice);
}
