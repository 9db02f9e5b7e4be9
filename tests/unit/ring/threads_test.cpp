// A thread at each end. Built twice: with the address sanitizer and with the thread sanitizer.
#include "tests/unit/ring/shared_ring.hpp"
#include <gtest/gtest.h>
#include <thread>

namespace {

using Item = SharedRing::Item;

// Exchanges so many items in pieces of up to `piece`; what arrives is checked, item by item. What
// the sender has written elsewhere before it put an item in is the receiver's to read: that is what
// the thread sanitizer checks.
void exchange(SharedRing& shared, std::uint64_t count, std::size_t piece, std::uint32_t looks)
{
    std::vector<std::uint64_t> elsewhere(count);
    std::thread sender{[&] {
        auto producer = shared.producer(looks);
        std::vector<Item> items;
        for (std::uint64_t next = 0; next < count;) {
            items.clear();
            for (std::size_t i = 0; i < piece && next < count; ++i) {
                elsewhere[next] = next;
                items.push_back(SharedRing::item(next++));
            }
            auto const done = producer.put(items);
            ASSERT_TRUE(done) << "put: " << to_string(done.error()) << " at " << next;
        }
    }};
    auto consumer = shared.consumer(looks);
    std::vector<Item> items(piece);
    std::uint64_t next = 0;
    while (next < count) {
        auto const taken = consumer.take(items);
        if (!taken) {
            ADD_FAILURE() << "take: " << to_string(taken.error()) << " at " << next;
            break;
        }
        for (std::size_t i = 0; i < *taken; ++i, ++next)
            if (items[i].number != next || items[i].check != ~next || elsewhere[next] != next)
                GTEST_FAIL() << "item " << next << " is " << items[i].number;
    }
    sender.join();
    EXPECT_EQ(consumer.try_take(items), 0u) << "nothing comes twice";
}

}  // namespace

TEST(RingThreads, exchange_one_by_one_in_the_smallest_ring)
{
    SharedRing shared{2};
    exchange(shared, 20'000, 1, 0);
}

TEST(RingThreads, exchange_pieces_of_many_sizes)
{
    for (std::size_t const piece : {1, 3, 16, 40}) {
        SharedRing shared{16};
        exchange(shared, 20'000, piece, 0);
    }
}

TEST(RingThreads, look_for_a_while_before_they_sleep)
{
    SharedRing shared{256};
    exchange(shared, 200'000, 8, 1000);
}
