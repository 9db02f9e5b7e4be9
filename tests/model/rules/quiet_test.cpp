// Who is interrupted: a hart that must do something else than it would by itself, and no other.
#include "tests/model/machine/firmware.hpp"
#include "tests/model/rules/pair.hpp"

using namespace model;

namespace {

using Harts = std::vector<std::uint64_t>;

constexpr std::uint64_t first_hart = 1;
constexpr std::uint64_t second_hart = 2;

// A signaller on the first hart of two; `waiter` waits, and runs on the harts of `allowed` only.
// The other hart sleeps, if no priority is given for a thread there.
struct Signal {
    Signal(std::uint32_t waiters_priority, std::uint64_t allowed, std::uint32_t others_priority = 0)
    {
        Thread& waiter = world.new_thread(process, waiters_priority);
        world.call(world.hart(0), abi::Syscall::wait, {notification, abi::never});
        waiter.own_slice.allowed_harts = allowed;
        signaller = &world.new_thread(process, 10);
        signaller->own_slice.allowed_harts = first_hart;
        if (others_priority != 0)
            world.new_thread(process, others_priority).own_slice.allowed_harts = second_hart;
        world.take_interrupts();
    }
    ~Signal() { check_invariants(); }

    // Who is interrupted when it signals.
    Harts interrupted()
    {
        FirmwareLog const log;
        EXPECT_EQ(world.current(0), signaller);
        world.call(world.hart(0), abi::Syscall::signal, {notification, 1});
        world.take_interrupts();
        return log.ipis;
    }

    World world{2};
    Process& process = world.new_process();
    HandleValue notification = world.new_notification(process);
    Thread* signaller = nullptr;
};

bool has_timer(Hart const& hart)
{
    return cpus[hart.index].stimecmp <= machine_clock.ticks + 100 * World::quantum;
}

}  // namespace

TEST(quiet, a_hart_that_never_had_anything_to_run_has_no_timer)
{
    World world{2};
    Process& process = world.new_process();
    world.new_thread(process, 5);
    world.take_interrupts();
    ASSERT_EQ(world.current(1), nullptr);
    EXPECT_TRUE(has_timer(world.hart(0)));
    EXPECT_FALSE(has_timer(world.hart(1)));
    world.advance(100 * World::quantum);
    EXPECT_FALSE(machine.has_interrupt(world.hart(1)));
}

TEST(quiet, a_hart_that_has_nothing_to_run_any_more_has_no_timer)
{
    World world;
    Hart& hart = world.hart(0);
    Process& process = world.new_process();
    HandleValue const notification = world.new_notification(process);
    for (int i = 0; i < 2; i++)
        world.new_thread(process, 5);
    world.advance(World::quantum);
    world.take_interrupts();
    ASSERT_TRUE(has_timer(hart));
    for (int i = 0; i < 2; i++)
        world.call(hart, abi::Syscall::wait, {notification, abi::never});
    ASSERT_EQ(world.current(), nullptr);
    EXPECT_FALSE(has_timer(hart));
    world.advance(100 * World::quantum);
    EXPECT_FALSE(machine.has_interrupt(hart));
}

TEST(quiet, calls_and_replies_interrupt_nobody)
{
    Pair p{2};
    p.world.new_thread(p.client_process, 9).own_slice.allowed_harts = first_hart;
    FirmwareLog const log;
    for (int i = 0; i < 3; i++) {
        p.call();
        ASSERT_EQ(p.world.current(), p.pool.workers.front());
        p.reply(Status::ok, 0);
        ASSERT_EQ(p.world.current(), &p.client);
    }
    EXPECT_EQ(log.ipis, Harts{});
}

TEST(quiet, a_signal_to_a_thread_of_the_own_hart_interrupts_nobody)
{
    EXPECT_EQ((Signal{5, first_hart}.interrupted()), Harts{});
    EXPECT_EQ((Signal{10, first_hart}.interrupted()), Harts{});
    EXPECT_EQ((Signal{12, first_hart}.interrupted()), Harts{});
}

TEST(quiet, a_signal_to_a_thread_that_is_less_urgent_than_all_that_run_interrupts_nobody)
{
    EXPECT_EQ((Signal{5, first_hart | second_hart, 10}.interrupted()), Harts{});
    EXPECT_EQ((Signal{5, second_hart, 10}.interrupted()), Harts{});
}

TEST(quiet, a_signal_interrupts_the_hart_that_is_to_run_the_waiter_once)
{
    EXPECT_EQ((Signal{5, first_hart | second_hart}.interrupted()), Harts{1});  // it sleeps
    EXPECT_EQ((Signal{12, second_hart}.interrupted()), Harts{1});
    EXPECT_EQ((Signal{8, first_hart | second_hart, 5}.interrupted()), Harts{1});  // does less
    EXPECT_EQ((Signal{12, second_hart, 10}.interrupted()), Harts{1});
}
