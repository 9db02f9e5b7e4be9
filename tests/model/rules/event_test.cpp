// Notifications, timers, and the events of a pool.
#include "tests/model/rules/pair.hpp"

using namespace model;

namespace {

// A thread that waits on a notification, or times out.
struct Waiter {
    explicit Waiter(abi::Ticks deadline)
    {
        world.call(hart, abi::Syscall::wait, {notification, deadline});
    }
    ~Waiter() { check_invariants(); }

    World world{1};
    Process& process = world.new_process();
    HandleValue notification = world.new_notification(process);
    Thread& thread = world.new_thread(process, 5);
    Hart& hart = world.hart(0);
};

}  // namespace

TEST(notification, wakes_who_waits_and_hands_over_the_bits)
{
    Waiter w{abi::never};
    ASSERT_EQ(machine.state(w.hart).mode, Mode::asleep);
    ASSERT_TRUE(w.world.run(w.process, kernel::syscall::signal, {w.notification, 6}));
    EXPECT_EQ(w.world.current(), &w.thread);
    EXPECT_EQ(World::answer(w.hart).status, Status::ok);
    EXPECT_EQ(World::answer(w.hart).value, 6u);
}

TEST(notification, gives_the_hart_at_once_to_a_waiter_of_higher_priority)
{
    Waiter w{abi::never};
    Process& other = w.world.new_process();
    HandleValue const known = w.world.grant(w.process, w.notification, other);
    Thread& sender = w.world.new_thread(other, 4);
    ASSERT_EQ(w.world.current(), &sender);
    w.world.call(w.hart, abi::Syscall::signal, {known, 6});
    ASSERT_EQ(w.world.current(), &w.thread);
    EXPECT_EQ(World::answer(w.hart).value, 6u);
    EXPECT_EQ(w.hart.ready.best(), &sender.own_slice);
    check_invariants();
    w.world.call(w.hart, abi::Syscall::wait, {w.notification, abi::never});
    ASSERT_EQ(w.world.current(), &sender);
    EXPECT_EQ(World::answer(w.hart).status, Status::ok);
    EXPECT_EQ(World::answer(w.hart).value, 0u);
}

TEST(notification, times_out_at_its_deadline_and_not_before)
{
    Waiter w{1500};
    ASSERT_EQ(cpus[0].stimecmp, 1500u);
    w.world.advance(499);
    EXPECT_FALSE(machine.has_interrupt(w.hart));
    w.world.advance(1);
    w.world.take_interrupts();
    EXPECT_EQ(World::answer(w.hart).status, Status::timed_out);
}

TEST(notification, keeps_bits_that_nobody_waits_for)
{
    Waiter w{abi::never};
    for (std::uint64_t const bits : {1, 2, 4})
        ASSERT_TRUE(w.world.run(w.process, kernel::syscall::signal, {w.notification, bits}));
    EXPECT_EQ(World::answer(w.hart).value, 1u);
    w.world.call(w.hart, abi::Syscall::poll, {w.notification});
    EXPECT_EQ(World::answer(w.hart).value, 6u);
}

TEST(timer, fires_again_when_its_bit_has_been_taken)
{
    Waiter w{abi::never};
    ASSERT_TRUE(w.world.run(w.process, kernel::syscall::arm, {w.notification, 1, 1100, 50}));
    for (int i = 0; i < 3; i++) {
        w.world.advance(100);
        w.world.take_interrupts();
        ASSERT_EQ(w.world.current(), &w.thread) << i;
        EXPECT_EQ(World::answer(w.hart).value, 1u);
        w.world.call(w.hart, abi::Syscall::wait, {w.notification, abi::never});
    }
}

TEST(event, runs_an_idle_worker_on_the_slice_of_its_pool)
{
    Pair p;
    HandleValue const notification = p.world.new_notification(p.server);
    HandleValue const pool = p.world.handle_to(p.server, p.pool);
    ASSERT_TRUE(p.world.run(p.server, kernel::syscall::bind, {pool, notification, 123}));
    ASSERT_TRUE(p.world.run(p.server, kernel::syscall::signal, {notification, 8}));
    EXPECT_EQ(p.pool.slice.state, kernel::Slice::State::ready);
    EXPECT_EQ(p.pool.slice.top, p.pool.workers.front());
    p.world.advance(World::quantum);
    p.world.take_interrupts();
    ASSERT_EQ(p.world.current(), p.pool.workers.front());
    EXPECT_EQ(std::to_underlying(World::answer(p.hart).status), 123u);
    EXPECT_EQ(World::answer(p.hart).words[1], 8u);
}

TEST(event, closed_comes_once_when_the_last_handle_has_gone)
{
    Pair p;
    ASSERT_TRUE(p.world.run(p.server, kernel::syscall::close, {p.server_door}));
    EXPECT_TRUE(p.pool.has_idle(*p.pool.workers.front()));
    p.world.call(p.hart, abi::Syscall::close, {p.door});
    p.world.advance(World::quantum);
    p.world.take_interrupts();
    ASSERT_EQ(p.world.current(), p.pool.workers.front());
    EXPECT_EQ(World::answer(p.hart).words[0], std::to_underlying(abi::Event::closed));
    p.reply(Status::ok, 0);
    EXPECT_TRUE(p.pool.closed.empty());
    EXPECT_EQ(p.world.current(), &p.client);
}
