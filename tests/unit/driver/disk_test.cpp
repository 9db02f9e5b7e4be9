// The disk driver's engine, against a simulated device.
#include "servers/drivers/virtio-blk/disk.hpp"
#include "tests/unit/driver/simulated_disk.hpp"
#include <gtest/gtest.h>

using layout::RequestType;

namespace {

struct DiskTest : testing::Test {
    alignas(4096) std::byte shared[Disk::memory_pages * 4096]{};
    alignas(4096) std::byte data[8][4096]{};
    SimulatedDisk device;
    Disk disk{driver::virtio::Transport{device.registers()}, {shared, address(shared)}};

    static std::uint64_t address(void const* memory)
    {
        return reinterpret_cast<std::uint64_t>(memory);
    }
    Segment page(std::size_t index) { return {address(data[index]), 4096}; }

    // Queues a request of whole pages.
    Result<> submit(RequestType type, std::uint64_t sector, std::vector<std::size_t> pages,
                    std::uint32_t tag)
    {
        std::vector<Segment> segments;
        for (std::size_t index : pages)
            segments.push_back(page(index));
        return disk.submit({type, sector, segments}, tag);
    }
};

}  // namespace

TEST_F(DiskTest, starts_and_tells_its_geometry)
{
    ASSERT_TRUE(disk.start());
    EXPECT_TRUE(device.is_running());
    EXPECT_EQ(device.accepted_features, device.features);
    EXPECT_EQ(disk.geometry().sector_count, SimulatedDisk::sectors);
    EXPECT_EQ(disk.geometry().block_bytes, 512u);
    EXPECT_FALSE(disk.geometry().read_only);
    EXPECT_TRUE(disk.geometry().can_flush);
}

TEST_F(DiskTest, accepts_only_features_that_it_knows)
{
    device.features |= 1ull << 28 | 1ull << 29 | 1ull << 34 | layout::feature_ro;
    ASSERT_TRUE(disk.start());
    EXPECT_EQ(device.accepted_features & (1ull << 28 | 1ull << 29 | 1ull << 34), 0u);
    EXPECT_TRUE(disk.geometry().read_only);
}

TEST_F(DiskTest, refuses_devices_that_it_cannot_serve)
{
    auto refusal = [&](auto change) {
        SimulatedDisk other;
        change(other);
        Disk driver{driver::virtio::Transport{other.registers()}, {shared, address(shared)}};
        return driver.start().error();
    };
    EXPECT_EQ(refusal([](auto& d) { d.device_id = 1; }), Status::not_found);
    EXPECT_EQ(refusal([](auto& d) { d.device_id = 0; }), Status::not_found);
    EXPECT_EQ(refusal([](auto& d) { d.version = 1; }), Status::not_supported);
    EXPECT_EQ(refusal([](auto& d) { d.features = 0; }), Status::not_supported);
    EXPECT_EQ(refusal([](auto& d) { d.block_bytes = 520; }), Status::not_supported);
    EXPECT_EQ(refusal([](auto& d) { d.block_bytes = 0; }), Status::not_supported);
    EXPECT_EQ(refusal([](auto& d) { d.block_bytes = 8192; }), Status::not_supported);
    EXPECT_EQ(refusal([](auto& d) { d.most_segments = 63; }), Status::not_supported);
    EXPECT_EQ(refusal([](auto& d) { d.queue_size = 64; }), Status::not_supported);
    EXPECT_EQ(refusal([](auto& d) { d.queue_size = 0; }), Status::not_found);
    EXPECT_EQ(refusal([](auto& d) { d.refuses_features = true; }), Status::io_error);
}

TEST_F(DiskTest, gives_up_on_a_device_that_does_not_reset)
{
    ASSERT_TRUE(disk.start());
    device.ignores_reset = true;
    EXPECT_EQ(disk.start().error(), Status::io_error);
    EXPECT_TRUE(disk.has_failed());
    EXPECT_EQ(submit(RequestType::in, 0, {0}, 0).error(), Status::io_error);
}

TEST_F(DiskTest, writes_and_reads_scattered_pages)
{
    ASSERT_TRUE(disk.start());
    std::memset(data[0], 0xa0, 4096);
    std::memset(data[1], 0xa1, 4096);
    ASSERT_TRUE(submit(RequestType::out, 16, {1, 0}, 5));
    disk.notify();
    EXPECT_EQ(device.notifications, 1);
    device.work();
    EXPECT_EQ(device.interrupt_status, driver::virtio::interrupt_used_ring);
    disk.acknowledge_interrupt();
    EXPECT_EQ(device.interrupt_status, 0u);
    auto result = disk.take_result();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->tag, 5u);
    EXPECT_EQ(result->status, Status::ok);
    EXPECT_FALSE(disk.take_result());
    EXPECT_EQ(device.content[16 * 512], std::byte{0xa1});
    EXPECT_EQ(device.content[24 * 512], std::byte{0xa0});

    ASSERT_TRUE(submit(RequestType::in, 16, {4, 6}, 6));
    device.work();
    EXPECT_EQ(disk.take_result()->tag, 6u);
    EXPECT_EQ(std::memcmp(data[4], data[1], 4096), 0);
    EXPECT_EQ(std::memcmp(data[6], data[0], 4096), 0);
}

TEST_F(DiskTest, keeps_several_requests_apart_when_they_end_in_another_order)
{
    ASSERT_TRUE(disk.start());
    for (std::uint32_t tag = 0; tag < 8; ++tag) {
        std::memset(device.content.data() + tag * 4096, int(tag + 1), 4096);
        ASSERT_TRUE(submit(RequestType::in, tag * 8, {tag}, tag));
    }
    device.work(true);
    for (std::uint32_t tag = 8; tag-- != 0;)
        EXPECT_EQ(disk.take_result()->tag, tag);
    for (std::uint32_t tag = 0; tag < 8; ++tag)
        EXPECT_EQ(data[tag][4095], std::byte(tag + 1));
}

TEST_F(DiskTest, takes_requests_until_the_queue_is_full)
{
    ASSERT_TRUE(disk.start());
    std::vector<Segment> many(Disk::max_segments, page(0));
    std::uint32_t count = 0;
    for (; disk.has_room(many.size()); ++count)
        ASSERT_TRUE(disk.submit({RequestType::in, 0, many}, count));
    EXPECT_EQ(count, 3u);  // 66 descriptors each, of 256
    EXPECT_EQ(disk.submit({RequestType::in, 0, many}, count).error(), Status::busy);
    device.work();
    EXPECT_EQ(device.most_buffers_seen, 66u);
    while (disk.take_result())
        --count;
    EXPECT_EQ(count, 0u);
}

TEST_F(DiskTest, passes_on_what_the_device_reports)
{
    ASSERT_TRUE(disk.start());
    device.answers = 1;
    ASSERT_TRUE(submit(RequestType::in, 0, {0}, 1));
    ASSERT_TRUE(submit(RequestType::flush, 0, {}, 2));
    device.work();
    EXPECT_EQ(disk.take_result()->status, Status::io_error);
    EXPECT_EQ(disk.take_result()->status, Status::io_error);
    EXPECT_EQ(device.flushes, 1);
    EXPECT_FALSE(disk.has_failed());
}

TEST_F(DiskTest, a_request_that_the_device_did_not_answer_has_failed)
{
    ASSERT_TRUE(disk.start());
    ASSERT_TRUE(submit(RequestType::in, 0, {0}, 3));
    auto request = device.ring().take_available().at(0);
    device.ring().finish(request.first_descriptor, 1);
    EXPECT_EQ(disk.take_result()->status, Status::io_error);
}

TEST_F(DiskTest, refuses_malformed_requests)
{
    ASSERT_TRUE(disk.start());
    EXPECT_EQ(submit(RequestType::flush, 0, {0}, 0).error(), Status::bad_argument);
    EXPECT_EQ(submit(RequestType::in, 0, {}, 0).error(), Status::bad_argument);
    EXPECT_EQ(submit(RequestType::in, 0, {0}, 64).error(), Status::bad_argument);
    std::vector<Segment> too_many(Disk::max_segments + 1, page(0));
    EXPECT_EQ(disk.submit({RequestType::in, 0, too_many}, 0).error(), Status::bad_argument);
}

TEST_F(DiskTest, works_again_after_a_failure_and_a_new_start)
{
    ASSERT_TRUE(disk.start());
    ASSERT_TRUE(submit(RequestType::in, 0, {0}, 1));
    device.ring().finish(77, 0);
    EXPECT_FALSE(disk.take_result());
    EXPECT_TRUE(disk.has_failed());

    ASSERT_TRUE(disk.start());
    EXPECT_FALSE(disk.has_failed());
    ASSERT_TRUE(submit(RequestType::in, 0, {0}, 1));
    device.work();
    EXPECT_EQ(disk.take_result()->status, Status::ok);

    device.require_reset();
    disk.acknowledge_interrupt();
    EXPECT_TRUE(disk.has_failed());
    ASSERT_TRUE(disk.start());
    EXPECT_FALSE(disk.has_failed());
}
