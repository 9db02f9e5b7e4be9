// The entropy driver as its clients see it: server, source and a simulated device together.
#include "servers/drivers/virtio-rng/random_server.hpp"
#include "tests/unit/driver/simulated_entropy.hpp"
#include "tests/unit/driver/simulated_kernel.hpp"
#include <algorithm>
#include <gtest/gtest.h>

namespace {

constexpr std::uint64_t interrupt = driver::Device::interrupt_bit;

struct RandomServerTest : testing::Test {
    SimulatedKernel kernel;
    SimulatedEntropy simulated;
    sys::Environment environment{{}};
    driver::Device device =
        (kernel.grant_device(simulated), driver::Device::create(environment).value());
    driver::Dma dma = driver::Dma::create(environment).value();
    EntropySource source{driver::virtio::Transport{device.registers()}, dma.memory()};
    RandomServer server{device, source};

    void SetUp() override { ASSERT_TRUE(source.start()); }

    Result<std::uint32_t> fill(std::size_t bytes)
    {
        kernel.arrive(std::vector<std::byte>(bytes));
        return server.fill(sys::LeaseOut{0, 0, bytes});
    }
    bool waits(std::size_t bytes)
    {
        auto const result = fill(bytes);
        return !result && result.error() == sys::later;
    }
    void work_and_interrupt()
    {
        simulated.work();
        server.notified(interrupt);
    }
    Status answer(std::size_t index)
    {
        auto const found = kernel.answer(index);
        return found ? found->status : Status::timed_out;
    }
};

}  // namespace

TEST_F(RandomServerTest, who_comes_first_waits_for_the_device)
{
    EXPECT_TRUE(waits(4));
    EXPECT_EQ(answer(0), Status::timed_out);
    work_and_interrupt();
    EXPECT_EQ(answer(0), Status::ok);
    EXPECT_EQ(kernel.lease_of(0),
              (std::vector<std::byte>{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}}));
}

TEST_F(RandomServerTest, no_byte_is_given_twice)
{
    ASSERT_TRUE(waits(4));
    work_and_interrupt();
    ASSERT_EQ(fill(2).value(), 2u);
    EXPECT_EQ(kernel.lease()[0], std::byte{5});
    ASSERT_EQ(fill(10'000).value(), EntropySource::buffer_bytes - 6);
    EXPECT_TRUE(waits(1));  // nothing is left
}

TEST_F(RandomServerTest, calls_that_wait_share_what_comes)
{
    ASSERT_TRUE(waits(8));
    ASSERT_TRUE(waits(8));
    work_and_interrupt();
    EXPECT_EQ(answer(0), Status::ok);
    EXPECT_EQ(answer(1), Status::ok);
    EXPECT_EQ(kernel.lease_of(1)[0], std::byte{9});
    EXPECT_EQ(simulated.notifications, 1);
}

TEST_F(RandomServerTest, too_many_calls_are_refused)
{
    for (int i = 0; i < 16; ++i)
        ASSERT_TRUE(waits(1));
    EXPECT_EQ(fill(1).error(), Status::busy);
}

TEST_F(RandomServerTest, a_device_that_claims_more_than_it_was_given_room_for_is_not_believed)
{
    ASSERT_TRUE(waits(8));
    simulated.claimed_bytes = EntropySource::buffer_bytes + 1;
    work_and_interrupt();
    EXPECT_EQ(answer(0), Status::io_error);
    simulated.claimed_bytes = {};
    ASSERT_TRUE(waits(8));  // it was started anew
    work_and_interrupt();
    EXPECT_EQ(answer(1), Status::ok);
}

TEST_F(RandomServerTest, a_device_that_answers_with_nothing_is_asked_only_so_often)
{
    ASSERT_TRUE(waits(8));
    simulated.claimed_bytes = 0;
    for (int i = 0; i < 100; ++i)
        work_and_interrupt();
    EXPECT_EQ(answer(0), Status::io_error);
    EXPECT_EQ(simulated.notifications, 8);
}

TEST_F(RandomServerTest, a_device_that_writes_nothing_gives_no_byte_a_second_time)
{
    ASSERT_TRUE(waits(EntropySource::buffer_bytes));
    work_and_interrupt();
    simulated.writes = false;
    ASSERT_TRUE(waits(8));
    work_and_interrupt();
    EXPECT_TRUE(
        std::ranges::all_of(kernel.lease_of(1), [](std::byte b) { return b == std::byte{}; }));
}

TEST_F(RandomServerTest, an_interrupt_without_a_reason_does_nothing)
{
    server.notified(interrupt);
    ASSERT_TRUE(waits(1));
    server.notified(interrupt);
    EXPECT_EQ(answer(0), Status::timed_out);
    EXPECT_EQ(kernel.completed_interrupts, 2);
}

TEST_F(RandomServerTest, a_device_that_needs_a_reset_fails_who_waits_and_gets_it_with_the_next_call)
{
    ASSERT_TRUE(waits(1));
    simulated.require_reset();
    server.notified(interrupt);
    EXPECT_EQ(answer(0), Status::io_error);
    ASSERT_TRUE(waits(1));
    work_and_interrupt();
    EXPECT_EQ(answer(1), Status::ok);
}

TEST_F(RandomServerTest, another_device_is_refused)
{
    simulated.device_id = 2;
    EXPECT_EQ(source.start().error(), Status::not_found);
    EXPECT_EQ(fill(1).error(), Status::not_found);
}
