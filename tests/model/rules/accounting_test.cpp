// Whose time is spent where.
#include "kernel/sched/lending.hpp"
#include "tests/model/rules/pair.hpp"

using namespace model;

namespace {

constexpr abi::Ticks period = World::quantum + World::quantum / 7;  // of samples

void run_for(World& world, unsigned samples)
{
    for (unsigned i = 0; i < samples; i++) {
        world.advance(period);
        world.take_interrupts();
    }
}

// What the slices of `of` spent in `in`.
abi::Ticks time_of(Process const& of, Process const& in)
{
    for (abi::Visit const& visit : of.report->visits)
        if (visit.process == in.report->number)
            return visit.ticks;
    return 0;
}

}  // namespace

TEST(accounting, time_in_a_server_is_the_client_s)
{
    Pair p;
    p.world.take_interrupts();
    run_for(p.world, 3);
    abi::Ticks const at_home = time_of(p.client_process, p.client_process);
    p.call();
    run_for(p.world, 5);
    EXPECT_EQ(time_of(p.client_process, p.server), 5 * period);
    EXPECT_EQ(time_of(p.client_process, p.client_process), at_home);
    p.reply(Status::ok, 0);
    run_for(p.world, 2);
    EXPECT_EQ(time_of(p.client_process, p.server), 5 * period);
    EXPECT_EQ(time_of(p.client_process, p.client_process), at_home + 2 * period);
    EXPECT_EQ(p.server.report->visits[0].ticks, 0u);
}

TEST(accounting, a_hart_that_sleeps_spends_nobody_s_time)
{
    Pair p;
    run_for(p.world, 1);
    abi::Ticks const before = time_of(p.client_process, p.client_process);
    HandleValue const notification = p.world.new_notification(p.client_process);
    p.world.call(p.hart, abi::Syscall::wait, {notification, abi::never});
    p.world.advance(20 * period);
    ASSERT_TRUE(p.world.run(p.client_process, kernel::syscall::signal, {notification, 1}));
    ASSERT_EQ(p.world.current(), &p.client);
    p.world.take_interrupts();
    EXPECT_EQ(time_of(p.client_process, p.client_process), before);
    run_for(p.world, 1);
    EXPECT_EQ(time_of(p.client_process, p.client_process), before + period);
}

TEST(accounting, a_process_that_visits_many_has_a_place_for_the_rest)
{
    World world;
    Process& process = world.new_process();
    for (std::uint64_t other = 101; other <= 110; other++)
        process.add_visit(other, 1);
    process.add_visit(101, 5);
    auto const& visits = process.report->visits;
    EXPECT_EQ(visits[0].process, 101u);
    EXPECT_EQ(visits[0].ticks, 6u);
    EXPECT_EQ(visits[6].process, 107u);
    EXPECT_EQ(visits[7].process, 0u);
    EXPECT_EQ(visits[7].ticks, 3u);
}

TEST(accounting, a_slice_tells_how_long_it_has_run_in_all_processes)
{
    Pair p;
    HandleValue const handle = p.world.handle_to(p.client_process, p.client);
    auto const ran = [&] {
        auto const answer = p.world.run(p.client_process, kernel::syscall::schedule, {handle, 0});
        return answer ? *answer : ~0ull;
    };
    abi::Ticks const before = ran();
    p.world.advance(70);
    p.call();
    p.world.advance(20);
    EXPECT_EQ(ran(), before + 90);
    EXPECT_EQ(p.client.own_slice.base_priority, 10u);
}

TEST(accounting, samples_do_not_break_a_budget_into_pieces)
{
    Pair p;
    constexpr abi::Ticks budget = 50 * period;
    kernel::Slice& slice = p.client.own_slice;
    slice.budget.configure(budget, 2 * budget, machine_clock.ticks);
    kernel::lending::settle(slice);
    abi::Ticks const before = slice.ran;
    for (abi::Ticks step = 0; step < 6 * budget; step += 6) {
        p.world.advance(6);
        p.world.take_interrupts();
    }
    EXPECT_NEAR(static_cast<double>(slice.ran - before), 3.0 * budget, 60);
}
