// Harts share what there is to run.
#include "kernel/ipc/ipc.hpp"
#include "kernel/sched/lending.hpp"
#include "tests/model/rules/pair.hpp"

using namespace model;

TEST(harts, all_come_to_work_when_there_is_enough)
{
    World world{4};
    Process& process = world.new_process();
    for (int i = 0; i < 4; i++)
        world.new_thread(process, 5);
    world.take_interrupts();
    for (std::size_t i = 0; i < 4; i++)
        EXPECT_NE(world.current(i), nullptr) << i;
    check_invariants();
}

TEST(harts, take_turns_between_threads_of_one_priority)
{
    World world{1};
    Process& process = world.new_process();
    Thread& first = world.new_thread(process, 5);
    Thread& second = world.new_thread(process, 5);
    ASSERT_EQ(world.current(), &first);
    world.advance(World::quantum);
    world.take_interrupts();
    EXPECT_EQ(world.current(), &second);
    world.advance(World::quantum);
    world.take_interrupts();
    EXPECT_EQ(world.current(), &first);
}

TEST(harts, run_what_has_a_higher_priority_at_once)
{
    World world{1};
    Process& process = world.new_process();
    world.new_thread(process, 5);
    Thread& urgent = world.new_thread(process, 6);
    EXPECT_EQ(world.current(), &urgent);
}

// It waits on the hart where it would have run at once, had that one's thread not become as urgent.
TEST(harts, take_what_another_has_no_room_for_any_more)
{
    World world{2};
    Process& process = world.new_process();
    Hart& hart = world.hart(0);
    HandleValue const handle = world.new_notification(process);
    Thread& waiter = world.new_thread(process, 5);
    world.call(hart, abi::Syscall::wait, {handle, abi::never});
    Thread& other = world.new_thread(process, 4);
    ASSERT_EQ(world.current(0), &other);
    machine.perform(hart, [&] {
        kernel::ipc::signal(world.object<Notification>(process, handle), 1);
        other.own_slice.base_priority = 5;
        kernel::lending::settle(other.own_slice);
    });
    world.take_interrupts();
    EXPECT_EQ(world.current(0), &other);
    EXPECT_EQ(world.current(1), &waiter);
    check_invariants();
}

TEST(harts, give_back_an_object_only_when_all_others_have_left_the_kernel)
{
    Pair p{2};
    p.world.new_thread(p.client_process, 10);
    p.world.take_interrupts();
    ASSERT_EQ(machine.state(p.world.hart(1)).mode, Mode::user);
    HandleValue const spare = p.world.new_notification(p.server);
    ASSERT_TRUE(p.world.run(p.server, kernel::syscall::close, {spare}));
    EXPECT_FALSE(kernel::system.reclaimer.is_idle());
    p.world.take_interrupts();
    machine.perform(p.hart, [] {});
    EXPECT_TRUE(kernel::system.reclaimer.is_idle());
}
