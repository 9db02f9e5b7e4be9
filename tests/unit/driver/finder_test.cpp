// What devmgr finds in QEMU's device tree.
#include "servers/drivers/devmgr/finder.hpp"
#include "tests/unit/device_tree/compiled_tree.hpp"
#include <map>

namespace {

// Slots by physical address.
struct Slots final : SlotProbe {
    std::map<std::uint64_t, DeviceType> plugged;

    Result<DeviceType> type_of(device_tree::Range registers) override
    {
        auto found = plugged.find(registers.address);
        if (found == plugged.end())
            return DeviceType::none;
        return found->second;
    }
};

struct Machine {
    CompiledTree board;
    Slots slots;
    Finder finder{board.tree, slots};

    explicit Machine(std::string const& name) : board{board_tree(name)} {}
    Result<DeviceDescription> find(char const* kind, std::uint32_t index = 0)
    {
        return finder.find(Kind::parse(kind).value(), index);
    }
};

}  // namespace

TEST(Kind, is_a_compatible_string_with_a_type_for_virtio_alone)
{
    EXPECT_EQ(Kind::parse("ns16550a")->compatible, "ns16550a");
    EXPECT_FALSE(Kind::parse("ns16550a")->does_dma());
    EXPECT_EQ(Kind::parse("virtio,mmio:2")->compatible, "virtio,mmio");
    EXPECT_EQ(Kind::parse("virtio,mmio:2")->virtio_type, DeviceType::block);
    EXPECT_TRUE(Kind::parse("virtio,mmio:2")->does_dma());
    for (char const* wrong : {"", ":2", "virtio,mmio", "virtio,mmio:", "virtio,mmio:x",
                              "virtio,mmio:2x", "virtio,mmio:0", "ns16550a:1"})
        EXPECT_EQ(Kind::parse(wrong).error(), Status::bad_argument) << wrong;
}

TEST(Finder, describes_the_uart)
{
    Machine virt{"virt"};
    auto uart = virt.find("ns16550a");
    ASSERT_TRUE(uart);
    EXPECT_EQ(uart->registers.address, 0x1000'0000u);
    EXPECT_EQ(uart->interrupt_source, 10u);
    EXPECT_EQ(uart->parameters.view(),
              "registers-offset=0 registers-bytes=256 clock-frequency=3686400");
    EXPECT_EQ(virt.find("ns16550a", 1).error(), Status::not_found);
    EXPECT_EQ(virt.find("ns16550").error(), Status::not_found);
    EXPECT_FALSE(virt.find("sifive,test0")->interrupt_source);
}

TEST(Finder, looks_into_virtio_slots)
{
    Machine virt{"virt"};
    EXPECT_EQ(virt.find("virtio,mmio:2").error(), Status::not_found);
    virt.slots.plugged = {{0x1000'8000, DeviceType::block},
                          {0x1000'7000, DeviceType::network},
                          {0x1000'6000, DeviceType::block}};
    EXPECT_EQ(virt.find("virtio,mmio:2")->registers.address, 0x1000'8000u);
    EXPECT_EQ(virt.find("virtio,mmio:2")->interrupt_source, 8u);
    EXPECT_EQ(virt.find("virtio,mmio:2", 1)->registers.address, 0x1000'6000u);
    EXPECT_EQ(virt.find("virtio,mmio:1")->registers.address, 0x1000'7000u);
    EXPECT_EQ(virt.find("virtio,mmio:2", 2).error(), Status::not_found);
}

TEST(Finder, numbers_devices_of_one_kind)
{
    Machine board{"sifive_u"};
    EXPECT_EQ(board.find("sifive,uart0", 0)->registers.address, 0x1001'0000u);
    EXPECT_EQ(board.find("sifive,uart0", 1)->registers.address, 0x1001'1000u);
}
