// One end is honest, the other process writes whatever it likes.
#include "tests/unit/ring/shared_ring.hpp"
#include <gtest/gtest.h>
#include <random>

namespace {

using Item = SharedRing::Item;

struct HostileRing : testing::Test {
    SharedRing shared{4};
    SharedRing::Producer producer = shared.producer();
    SharedRing::Consumer consumer = shared.consumer();
    std::vector<Item> items = std::vector<Item>(64);
};

}  // namespace

TEST_F(HostileRing, a_producer_refuses_a_counter_that_cannot_be)
{
    EXPECT_EQ(producer.try_put(std::span{items}.first(2)), 2u);
    for (std::uint32_t const lie : {3u, 100u, ~0u - 2, ~0u - 100, 1u << 31}) {
        shared.control().consumed = lie;
        EXPECT_EQ(producer.try_put(items).error(), Status::corrupt) << lie;
        EXPECT_EQ(producer.wait_for_room().error(), Status::corrupt) << lie;
        EXPECT_EQ(shared.control().producer_waits, 0u);
    }
    shared.control().consumed = 2;
    EXPECT_EQ(producer.try_put(items), 4u);
}

TEST_F(HostileRing, a_consumer_refuses_a_counter_that_cannot_be)
{
    EXPECT_EQ(producer.try_put(std::span{items}.first(2)), 2u);
    EXPECT_EQ(consumer.try_take(items), 2u);
    for (std::uint32_t const lie : {1u, 7u, 100u, ~0u, 1u << 31}) {
        shared.control().produced = lie;
        EXPECT_EQ(consumer.try_take(items).error(), Status::corrupt) << lie;
        EXPECT_EQ(consumer.wait_for_items().error(), Status::corrupt) << lie;
        EXPECT_EQ(shared.control().consumer_waits, 0u);
    }
}

TEST_F(HostileRing, an_end_believes_its_own_counter_only)
{
    EXPECT_EQ(producer.try_put(std::span{items}.first(2)), 2u);
    shared.control().produced = 1000;
    EXPECT_EQ(producer.try_put(std::span{items}.first(1)), 1u);
    EXPECT_EQ(shared.control().produced, 3u);
}

// Each end in turn sees a ring that is right, but for what has been scribbled over it.
TEST_F(HostileRing, random_bits_never_lead_outside)
{
    std::mt19937_64 random{20250701};
    std::uint32_t put = 0;
    std::uint32_t taken = 0;
    for (int step = 0; step < 200'000; ++step) {
        auto const scribble = [&] {
            shared.control().produced = put;
            shared.control().consumed = taken;
            if (random() % 2 == 0)
                shared.memory()[random() % shared.memory().size()] = std::byte(random());
            if (random() % 8 == 0)
                shared.control().consumed += static_cast<std::uint32_t>(random() % 9) - 4;
            if (random() % 8 == 0)
                shared.control().produced += static_cast<std::uint32_t>(random() % 9) - 4;
        };
        auto const count = static_cast<std::size_t>(random() % items.size());
        scribble();
        auto const in = producer.try_put(std::span{items}.first(count));
        put += static_cast<std::uint32_t>(in.value_or(0));
        scribble();
        auto const out = consumer.try_take(std::span{items}.first(count));
        taken += static_cast<std::uint32_t>(out.value_or(0));
        ASSERT_LE(in.value_or(0), 4u);
        ASSERT_LE(out.value_or(0), 4u);
    }
    EXPECT_GT(put, 10'000u) << "it was refused too often to say anything";
}
