// Both ends of a ring in one thread: what goes in comes out, and who is woken.
#include "tests/unit/ring/shared_ring.hpp"
#include <gtest/gtest.h>

namespace {

using Item = SharedRing::Item;

std::vector<std::uint64_t> take(SharedRing::Consumer& consumer, std::size_t most)
{
    std::vector<Item> items(most);
    items.resize(consumer.try_take(items).value());
    std::vector<std::uint64_t> numbers;
    for (Item const& item : items)
        numbers.push_back(item.number);
    return numbers;
}

std::size_t put(SharedRing::Producer& producer, std::uint64_t first, std::size_t count)
{
    std::vector<Item> items;
    for (std::size_t i = 0; i < count; ++i)
        items.push_back(SharedRing::item(first + i));
    return producer.try_put(items).value();
}

}  // namespace

TEST(Ring, gives_back_in_order_what_was_put_in)
{
    SharedRing shared{8};
    auto producer = shared.producer();
    auto consumer = shared.consumer();
    EXPECT_EQ(take(consumer, 8), (std::vector<std::uint64_t>{}));
    EXPECT_EQ(put(producer, 1, 3), 3u);
    EXPECT_EQ(take(consumer, 2), (std::vector<std::uint64_t>{1, 2}));
    EXPECT_EQ(put(producer, 4, 10), 7u) << "one of three is left in it";
    EXPECT_EQ(put(producer, 99, 1), 0u);
    EXPECT_EQ(take(consumer, 99), (std::vector<std::uint64_t>{3, 4, 5, 6, 7, 8, 9, 10}));
}

TEST(Ring, has_the_largest_power_of_two_that_fits)
{
    EXPECT_EQ(SharedRing{8}.producer().capacity(), 8u);
    EXPECT_EQ(SharedRing{15}.producer().capacity(), 8u);
    EXPECT_EQ(SharedRing{16}.consumer().capacity(), 16u);
}

TEST(Ring, is_refused_memory_that_is_no_ring)
{
    SharedRing shared{8};
    auto const all = shared.memory();
    auto const refused = [](std::span<std::byte> memory, std::size_t item_bytes) {
        auto const view = ring::View::over(memory, item_bytes);
        return !view && view.error() == Status::bad_argument;
    };
    EXPECT_TRUE(refused(all.first(0), 8));
    EXPECT_TRUE(refused(all.first(127), 8));
    EXPECT_TRUE(refused(all.first(128 + 15), 8)) << "one item is no ring";
    EXPECT_FALSE(refused(all.first(128 + 16), 8));
    EXPECT_TRUE(refused(all.subspan(8), 8)) << "not aligned";
    EXPECT_TRUE(refused(all, 12));
    EXPECT_TRUE(refused(all, 0));
}

TEST(Ring, counts_round_the_end_of_its_counters)
{
    SharedRing shared{4};
    auto const view = ring::View::over(shared.memory(), sizeof(Item)).value();
    constexpr std::uint32_t start = ~0u - 1;
    view.control->produced = view.control->consumed = start;
    ring::ProducerEnd producer{view, start};
    ring::ConsumerEnd consumer{view, start};
    for (int round = 0; round < 5; ++round) {
        EXPECT_EQ(producer.room(), 4u);
        producer.publish(3);
        EXPECT_EQ(producer.room(), 1u);
        EXPECT_EQ(consumer.available(), 3u);
        consumer.release(3);
        EXPECT_EQ(consumer.available(), 0u);
    }
    EXPECT_EQ(view.control->produced, 13u);
}

TEST(Ring, wakes_a_consumer_once_and_only_if_it_waits)
{
    SharedRing shared{8};
    auto producer = shared.producer();
    auto consumer = shared.consumer();
    put(producer, 1, 1);
    EXPECT_EQ(shared.items.signals(), 0u) << "nobody waits";
    take(consumer, 1);
    EXPECT_TRUE(consumer.ask_for_items().value());
    put(producer, 2, 1);
    put(producer, 3, 1);
    EXPECT_EQ(shared.items.signals(), 1u) << "the second one coalesces";
}

TEST(Ring, does_not_wait_for_what_came_while_it_was_going_to)
{
    SharedRing shared{2};
    auto producer = shared.producer();
    auto consumer = shared.consumer();
    put(producer, 1, 1);
    EXPECT_FALSE(consumer.ask_for_items().value());
    put(producer, 2, 1);
    EXPECT_EQ(shared.items.signals(), 0u) << "it has changed its mind";
    EXPECT_TRUE(producer.ask_for_room().value());
    take(consumer, 2);
    EXPECT_EQ(shared.room.signals(), 1u);
    EXPECT_FALSE(producer.ask_for_room().value());
}

TEST(Ring, wakes_a_producer_when_half_of_it_is_free)
{
    SharedRing shared{8};
    auto producer = shared.producer();
    auto consumer = shared.consumer();
    EXPECT_EQ(put(producer, 0, 9), 8u);
    EXPECT_TRUE(producer.ask_for_room().value());
    take(consumer, 1);
    take(consumer, 2);
    EXPECT_EQ(shared.room.signals(), 0u);
    take(consumer, 1);
    EXPECT_EQ(shared.room.signals(), 1u);
    take(consumer, 1);
    EXPECT_EQ(shared.room.signals(), 1u);
}

TEST(Ring, passes_on_that_a_wait_has_ended_otherwise)
{
    struct Impatient {
        Result<> wake_peer() { return {}; }
        Result<> wait(ring::Ticks) { return fail(Status::timed_out); }
    };
    SharedRing shared{2};
    auto consumer = ring::Consumer<Item, Impatient>::create(shared.memory(), Impatient{}).value();
    std::vector<Item> items(1);
    EXPECT_EQ(consumer.take(items).error(), Status::timed_out);
    EXPECT_EQ(shared.control().consumer_waits, 0u) << "nobody has to be woken any more";
}
