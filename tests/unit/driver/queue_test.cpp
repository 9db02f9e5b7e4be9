// The driver's side of a virtqueue, against a device that obeys and devices that do not.
#include "tests/unit/driver/simulated_ring.hpp"
#include <gtest/gtest.h>
#include <map>
#include <random>

using driver::virtio::Buffer;
using driver::virtio::Queue;

namespace {

constexpr std::uint64_t ring_address = 0x8000'0000;

struct Pair {
    explicit Pair(std::uint16_t size = 8) : queue{memory, ring_address, size}, device{memory, size}
    {
    }

    alignas(4096) std::byte memory[8192];
    Queue queue;
    SimulatedRing device;
};

std::vector<Buffer> three_buffers()
{
    return {{0x1000, 16, false}, {0x2000, 4096, true}, {0x3000, 1, true}};
}

// A queue with one request in flight, and its first descriptor.
struct Busy : Pair {
    Busy()
    {
        EXPECT_TRUE(queue.submit(three_buffers(), 7));
        first = device.take_available().at(0).first_descriptor;
    }
    std::uint16_t first;
};

}  // namespace

TEST(virtqueue, a_request_reaches_the_device_and_comes_back)
{
    Pair pair;
    ASSERT_TRUE(pair.queue.submit(three_buffers(), 42));
    auto requests = pair.device.take_available();
    ASSERT_EQ(requests.size(), 1u);
    ASSERT_EQ(requests[0].buffers.size(), 3u);
    EXPECT_EQ(requests[0].buffers[1].dma_address, 0x2000u);
    EXPECT_EQ(requests[0].buffers[1].length_bytes, 4096u);
    EXPECT_TRUE(requests[0].buffers[1].device_writes);
    EXPECT_FALSE(requests[0].buffers[0].device_writes);

    EXPECT_FALSE(pair.queue.take_finished());
    pair.device.finish(requests[0].first_descriptor, 4097);
    auto finished = pair.queue.take_finished();
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->tag, 42u);
    EXPECT_EQ(finished->written_bytes, 4097u);
    EXPECT_FALSE(pair.queue.take_finished());
    EXPECT_FALSE(pair.queue.is_broken());
    EXPECT_TRUE(pair.queue.is_idle());
}

TEST(virtqueue, has_its_parts_where_the_layout_says)
{
    Pair pair{128};
    EXPECT_EQ(pair.queue.descriptors_address(), ring_address);
    EXPECT_EQ(pair.queue.available_address(), ring_address + 2048);
    EXPECT_EQ(pair.queue.used_address() % 4, 0u);
    EXPECT_LE(Queue::memory_bytes, 8192u);
}

TEST(virtqueue, refuses_what_does_not_fit_and_changes_nothing)
{
    Pair pair;
    ASSERT_TRUE(pair.queue.submit(three_buffers(), 1));
    ASSERT_TRUE(pair.queue.submit(three_buffers(), 2));
    EXPECT_FALSE(pair.queue.has_room(3));
    EXPECT_TRUE(pair.queue.has_room(2));
    EXPECT_EQ(pair.queue.submit(three_buffers(), 3).error(), Status::busy);
    EXPECT_EQ(pair.queue.submit({}, 3).error(), Status::bad_argument);
    std::vector<Buffer> wrong_order{{0x2000, 1, true}, {0x1000, 16, false}};
    EXPECT_EQ(pair.queue.submit(wrong_order, 3).error(), Status::bad_argument);
    EXPECT_EQ(pair.device.take_available().size(), 2u);
}

// Random lengths and orders, far beyond the point where the 16-bit indices wrap.
TEST(virtqueue, keeps_requests_apart_for_a_long_time)
{
    Pair pair{64};
    std::mt19937 random{1};
    std::map<std::uint32_t, std::uint32_t> in_flight;  // tag to bytes
    std::vector<SimulatedRequest> device_holds;
    std::uint32_t next_tag = 0, finished_count = 0;

    while (finished_count < 150'000) {
        std::vector<Buffer> buffers{{1, 16, false}};
        std::uint32_t bytes = 0;
        for (std::uint64_t i = random() % 6; i != 0; --i, bytes += 100)
            buffers.push_back({i, 100, true});
        if (pair.queue.has_room(buffers.size())) {
            ASSERT_TRUE(pair.queue.submit(buffers, next_tag));
            in_flight[next_tag++] = bytes;
        }
        for (auto& request : pair.device.take_available())
            device_holds.push_back(request);
        while (!device_holds.empty() && random() % 3 != 0) {
            auto chosen = device_holds.begin() + random() % device_holds.size();
            auto count = static_cast<std::uint32_t>(chosen->buffers.size() - 1);
            pair.device.finish(chosen->first_descriptor, 100 * count);
            device_holds.erase(chosen);
        }
        while (auto finished = pair.queue.take_finished()) {
            ASSERT_EQ(in_flight.at(finished->tag), finished->written_bytes);
            in_flight.erase(finished->tag);
            ++finished_count;
        }
        ASSERT_FALSE(pair.queue.is_broken());
    }
}

TEST(virtqueue, breaks_off_when_the_device_names_no_descriptor)
{
    for (std::uint32_t number : {8u, 0xffffu, 0xffff'ffffu, 0x1'0000u}) {
        Busy busy;
        busy.device.finish(number, 0);
        EXPECT_FALSE(busy.queue.take_finished());
        EXPECT_TRUE(busy.queue.is_broken());
        EXPECT_EQ(busy.queue.submit(three_buffers(), 8).error(), Status::io_error);
    }
}

TEST(virtqueue, breaks_off_when_the_device_names_the_middle_of_a_chain)
{
    Busy busy;
    busy.device.finish(busy.first + 1u, 0);
    EXPECT_FALSE(busy.queue.take_finished());
    EXPECT_TRUE(busy.queue.is_broken());
}

TEST(virtqueue, breaks_off_when_a_request_is_finished_twice)
{
    Busy busy;
    ASSERT_TRUE(busy.queue.submit(three_buffers(), 8));
    busy.device.finish(busy.first, 0);
    busy.device.finish(busy.first, 0);
    EXPECT_EQ(busy.queue.take_finished()->tag, 7u);
    EXPECT_FALSE(busy.queue.take_finished());
    EXPECT_TRUE(busy.queue.is_broken());
}

TEST(virtqueue, breaks_off_when_more_is_finished_or_written_than_there_is)
{
    Busy jumped;
    jumped.device.set_used_index(4);
    EXPECT_FALSE(jumped.queue.take_finished());
    EXPECT_TRUE(jumped.queue.is_broken());

    Busy backwards;
    backwards.device.set_used_index(0xffff);
    EXPECT_FALSE(backwards.queue.take_finished());
    EXPECT_TRUE(backwards.queue.is_broken());

    Busy overlong;
    overlong.device.finish(overlong.first, 4098);
    EXPECT_FALSE(overlong.queue.take_finished());
    EXPECT_TRUE(overlong.queue.is_broken());
}

TEST(virtqueue, does_not_read_back_what_the_device_could_have_changed)
{
    Busy busy;
    busy.device.overwrite_descriptors(std::byte{0xff});
    busy.device.finish(busy.first, 1);
    EXPECT_EQ(busy.queue.take_finished()->tag, 7u);
    EXPECT_TRUE(busy.queue.is_idle());
    EXPECT_TRUE(busy.queue.submit(three_buffers(), 8));
}

TEST(virtqueue, is_as_new_after_a_reset)
{
    Busy busy;
    busy.device.finish(99, 0);
    EXPECT_FALSE(busy.queue.take_finished());
    busy.queue.reset();
    EXPECT_FALSE(busy.queue.is_broken());
    EXPECT_TRUE(busy.queue.is_idle());

    SimulatedRing fresh{busy.memory, 8};
    ASSERT_TRUE(busy.queue.submit(three_buffers(), 9));
    fresh.finish(fresh.take_available().at(0).first_descriptor, 0);
    EXPECT_EQ(busy.queue.take_finished()->tag, 9u);
}
