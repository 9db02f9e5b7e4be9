// The disk driver as its clients see it: server, engine and a simulated device together.
#include "servers/drivers/virtio-blk/block_server.hpp"
#include "tests/unit/driver/simulated_disk.hpp"
#include "tests/unit/driver/simulated_kernel.hpp"
#include <gtest/gtest.h>
#include <numeric>

namespace {

constexpr std::uint64_t interrupt = driver::Device::interrupt_bit;

struct BlockServerTest : testing::Test {
    SimulatedKernel kernel;
    SimulatedDisk simulated;
    sys::Environment environment{{}};
    driver::Device device =
        (kernel.grant_device(simulated), driver::Device::create(environment).value());
    driver::Dma dma = driver::Dma::create(environment).value();
    Disk disk{driver::virtio::Transport{device.registers()}, dma.memory()};
    std::optional<BlockServer> server;
    abi::HandleValue buffer = 0;

    void start()
    {
        ASSERT_TRUE(disk.start());
        server.emplace(device, dma, disk);
    }
    void start_and_attach(std::uint64_t page_count = 128)
    {
        start();
        buffer = kernel.make_memory(page_count);
        ASSERT_TRUE(server->attach(Memory{sys::Handle{buffer}}));
    }

    // A transfer as it comes out of a message.
    template <class Method>
    Status transfer(Method method, std::uint64_t first_block, std::vector<std::uint32_t> pages)
    {
        kernel.arrive();
        codec::Word words[64]{};
        codec::Builder message{words, {}};
        Transfer{.first_block = first_block, .pages = pages}.encode(message.root(Transfer::layout));
        auto size = message.finish().value();
        auto reader = codec::check(codec::Segment{words}.first(size), Transfer::shape(),
                                   codec::Limits::for_message(codec::Segment{words}.first(size)))
                          .value();
        return to_status(std::invoke(method, *server, TransferView::decode(reader)));
    }
    Status read(std::uint64_t first_block, std::vector<std::uint32_t> pages)
    {
        return transfer(&BlockServer::read, first_block, pages);
    }
    Status write(std::uint64_t first_block, std::vector<std::uint32_t> pages)
    {
        return transfer(&BlockServer::write, first_block, pages);
    }
    Status flush()
    {
        kernel.arrive();
        return to_status(server->flush());
    }
    Status answer(std::size_t index)
    {
        auto found = kernel.answer(index);
        return found ? found->status : Status::timed_out;
    }
    void work_and_interrupt()
    {
        simulated.work();
        server->notified(interrupt);
    }
};

}  // namespace

TEST_F(BlockServerTest, tells_its_geometry_in_blocks)
{
    simulated.block_bytes = 4096;
    start();
    EXPECT_EQ(server->geometry()->block_count, SimulatedDisk::sectors / 8);
    EXPECT_EQ(server->geometry()->block_size, 4096u);
}

TEST_F(BlockServerTest, moves_pages_and_answers_at_the_interrupt)
{
    start_and_attach();
    std::memset(kernel.content_of(buffer, 3), 0x33, 4096);
    std::memset(kernel.content_of(buffer, 9), 0x99, 4096);
    EXPECT_EQ(write(8, {9, 3}), sys::later);
    EXPECT_FALSE(kernel.answer(0));
    work_and_interrupt();
    EXPECT_EQ(answer(0), Status::ok);
    EXPECT_EQ(kernel.completed_interrupts, 1);
    EXPECT_EQ(simulated.content[8 * 512], std::byte{0x99});
    EXPECT_EQ(simulated.content[16 * 512], std::byte{0x33});

    EXPECT_EQ(read(8, {1, 2}), sys::later);
    work_and_interrupt();
    EXPECT_EQ(answer(1), Status::ok);
    EXPECT_EQ(*kernel.content_of(buffer, 1), std::byte{0x99});
    EXPECT_EQ(*kernel.content_of(buffer, 2), std::byte{0x33});
}

TEST_F(BlockServerTest, merges_pages_that_follow_each_other)
{
    start_and_attach();
    std::vector<std::uint32_t> pages(64);
    std::iota(pages.begin(), pages.end(), 5);
    EXPECT_EQ(read(0, pages), sys::later);
    simulated.work();
    EXPECT_EQ(simulated.most_buffers_seen, 3u);  // header, data, status
}

TEST_F(BlockServerTest, refuses_what_its_interface_forbids)
{
    start();
    EXPECT_EQ(read(0, {0}), Status::bad_argument);  // nothing attached
    buffer = kernel.make_memory(128);
    ASSERT_TRUE(server->attach(Memory{sys::Handle{buffer}}));
    EXPECT_EQ(read(0, {}), Status::bad_argument);
    EXPECT_EQ(read(0, std::vector<std::uint32_t>(65)), Status::bad_argument);
    EXPECT_EQ(read(0, {128}), Status::bad_argument);
    EXPECT_EQ(read(0, {0xffff'ffff}), Status::bad_argument);
    EXPECT_EQ(read(SimulatedDisk::sectors - 7, {0}), Status::out_of_range);
    EXPECT_EQ(read(~0ull, {0}), Status::out_of_range);
    EXPECT_EQ(read(1ull << 61, {0}), Status::out_of_range);
    EXPECT_EQ(read(SimulatedDisk::sectors - 8, {0}), sys::later);
    EXPECT_FALSE(server->attach(Memory{sys::Handle{77}}));
}

TEST_F(BlockServerTest, does_not_write_to_a_disk_that_is_read_only)
{
    simulated.features |= layout::feature_ro;
    start_and_attach();
    EXPECT_TRUE(server->geometry()->read_only);
    EXPECT_EQ(write(0, {0}), Status::read_only);
}

TEST_F(BlockServerTest, flushes_only_where_the_device_has_a_cache)
{
    start_and_attach();
    EXPECT_EQ(flush(), sys::later);
    work_and_interrupt();
    EXPECT_EQ(answer(0), Status::ok);
    EXPECT_EQ(simulated.flushes, 1);

    simulated.features &= ~layout::feature_flush;
    start();
    EXPECT_EQ(flush(), Status::ok);
    EXPECT_EQ(simulated.flushes, 1);
}

// Single pages apart from each other, so that each transfer takes many descriptors.
TEST_F(BlockServerTest, keeps_more_requests_than_the_device_takes_at_once)
{
    start_and_attach(129);
    std::vector<std::uint32_t> scattered;
    for (std::uint32_t page = 0; page < 64; ++page)
        scattered.push_back(2 * page);
    for (std::size_t i = 0; i < Disk::max_requests; ++i)
        EXPECT_EQ(read(0, scattered), sys::later);
    EXPECT_EQ(read(0, scattered), Status::busy);
    EXPECT_EQ(kernel.detached_count(), Disk::max_requests);

    for (std::size_t round = 0; round < 22; ++round)
        work_and_interrupt();
    for (std::size_t i = 0; i < Disk::max_requests; ++i)
        EXPECT_EQ(answer(i), Status::ok) << i;
    EXPECT_EQ(read(0, scattered), sys::later);
}

TEST_F(BlockServerTest, reports_what_the_device_reports)
{
    start_and_attach();
    simulated.answers = 1;
    EXPECT_EQ(read(0, {0}), sys::later);
    work_and_interrupt();
    EXPECT_EQ(answer(0), Status::io_error);
    simulated.answers = 0;
    EXPECT_EQ(read(0, {0}), sys::later);
    work_and_interrupt();
    EXPECT_EQ(answer(1), Status::ok);
}

TEST_F(BlockServerTest, restarts_a_device_that_breaks_the_rules)
{
    start_and_attach();
    EXPECT_EQ(read(0, {0}), sys::later);
    EXPECT_EQ(read(8, {1}), sys::later);
    simulated.ring().finish(200, 0);
    server->notified(interrupt);
    EXPECT_EQ(answer(0), Status::io_error);
    EXPECT_EQ(answer(1), Status::io_error);

    EXPECT_EQ(read(0, {0}), sys::later);
    work_and_interrupt();
    EXPECT_EQ(answer(2), Status::ok);
}

TEST_F(BlockServerTest, gives_up_on_a_device_that_does_not_start_again)
{
    start_and_attach();
    EXPECT_EQ(read(0, {0}), sys::later);
    simulated.ignores_reset = true;
    simulated.require_reset();
    server->notified(interrupt);
    EXPECT_EQ(answer(0), Status::io_error);
    EXPECT_EQ(read(0, {0}), Status::io_error);
    EXPECT_EQ(flush(), Status::io_error);
}

TEST_F(BlockServerTest, keeps_the_old_buffer_until_the_device_is_done_with_it)
{
    start_and_attach();
    auto old = buffer;
    EXPECT_EQ(read(0, {0}), sys::later);
    buffer = kernel.make_memory(4);
    ASSERT_TRUE(server->attach(Memory{sys::Handle{buffer}}));
    EXPECT_FALSE(kernel.closed.contains(old));
    auto third = kernel.make_memory(4);
    EXPECT_EQ(server->attach(Memory{sys::Handle{third}}).error(), Status::busy);

    work_and_interrupt();
    EXPECT_EQ(answer(0), Status::ok);
    third = kernel.make_memory(4);
    ASSERT_TRUE(server->attach(Memory{sys::Handle{third}}));
    EXPECT_TRUE(kernel.closed.contains(old));
    EXPECT_EQ(read(0, {100}), Status::bad_argument);
}
