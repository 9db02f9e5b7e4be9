// devmgr as init sees it.
#include "servers/drivers/devmgr/device_server.hpp"
#include "tests/unit/device_tree/compiled_tree.hpp"
#include "tests/unit/driver/simulated_disk.hpp"
#include "tests/unit/driver/simulated_kernel.hpp"
#include "tests/unit/driver/simulated_uart.hpp"

namespace {

// A slot with nothing in it.
struct EmptySlot final : SimulatedDisk {
    EmptySlot() { device_id = 0; }
};

struct DeviceServerTest : testing::Test {
    SimulatedKernel kernel;
    SimulatedUart uart;
    SimulatedDisk disk;
    EmptySlot empty;
    CompiledTree board = board_tree("virt");
    sys::Handle root{1000};
    DeviceServer server{root, board.tree};

    DeviceServerTest()
    {
        kernel.place_device(0x1000'0000, uart);
        for (std::uint64_t slot = 1; slot <= 8; ++slot)
            kernel.place_device(0x1000'0000 + slot * 0x1000, empty);
        kernel.place_device(0x1000'4000, disk);
    }
};

}  // namespace

TEST_F(DeviceServerTest, gives_a_uart_its_registers_and_its_interrupt_but_no_dma)
{
    auto device = server.claim("ns16550a", 0);
    ASSERT_TRUE(device);
    EXPECT_NE(device->registers.transfer().handle, 0u);
    EXPECT_EQ(device->registers.transfer().rights & std::to_underlying(abi::Right::execute), 0);
    EXPECT_NE(device->interrupt.transfer().handle, 0u);
    EXPECT_NE(device->notification.transfer().handle, 0u);
    EXPECT_EQ(device->dma.transfer().handle, 0u);
    EXPECT_EQ(device->memory.transfer().handle, 0u);
    EXPECT_TRUE(device->parameters.starts_with("registers-offset=0 registers-bytes=256"));
    EXPECT_EQ(kernel.interrupt_sources, std::vector<std::uint64_t>{10});
    EXPECT_EQ(kernel.dma_spaces, 0);
}

TEST_F(DeviceServerTest, finds_the_slot_that_the_disk_is_in)
{
    auto device = server.claim("virtio,mmio:2", 0);
    ASSERT_TRUE(device);
    EXPECT_NE(device->dma.transfer().handle, 0u);
    EXPECT_NE(device->memory.transfer().handle, 0u);
    EXPECT_EQ(kernel.interrupt_sources, std::vector<std::uint64_t>{4});
}

TEST_F(DeviceServerTest, resets_a_device_that_is_claimed_again)
{
    auto first = server.claim("virtio,mmio:2", 0);
    ASSERT_TRUE(first);
    disk.store(driver::virtio::DeviceStatus::offset, 4, driver::virtio::status_driver_ok);
    auto second = server.claim("virtio,mmio:2", 0);
    ASSERT_TRUE(second);
    EXPECT_FALSE(disk.is_running());
    EXPECT_EQ(first->memory.transfer().handle, second->memory.transfer().handle);
    EXPECT_EQ(kernel.interrupt_sources.size(), 1u);

    disk.ignores_reset = true;
    disk.store(driver::virtio::DeviceStatus::offset, 4, driver::virtio::status_driver_ok);
    EXPECT_EQ(server.claim("virtio,mmio:2", 0).error(), Status::io_error);
}

TEST_F(DeviceServerTest, names_what_is_wrong)
{
    EXPECT_EQ(server.claim("virtio,mmio:2", 1).error(), Status::not_found);
    EXPECT_EQ(server.claim("virtio,mmio:1", 0).error(), Status::not_found);
    EXPECT_EQ(server.claim("nobody,knows", 0).error(), Status::not_found);
    EXPECT_EQ(server.claim("virtio,mmio", 0).error(), Status::bad_argument);
    EXPECT_EQ(server.claim("riscv,plic0", 0).error(), Status::busy);  // the kernel's
}
