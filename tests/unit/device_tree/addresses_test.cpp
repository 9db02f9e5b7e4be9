// `reg` and `ranges`.
#include "tests/unit/device_tree/compiled_tree.hpp"

using device_tree::Range;

TEST(device_tree_addresses, use_the_cells_of_the_parent)
{
    CompiledTree virt = board_tree("virt");
    EXPECT_EQ(*virt.tree.find("/memory")->reg(), (Range{0x8000'0000, 512u << 20}));
    EXPECT_EQ(*virt.tree.find("/soc/serial")->reg(), (Range{0x1000'0000, 0x100}));
    EXPECT_EQ(*virt.tree.find("/cpus/cpu@3")->reg(), (Range{3, 0}));
    EXPECT_FALSE(virt.tree.find("/soc/serial")->reg(1));
    EXPECT_EQ(*virt.tree.find("/flash")->reg(1), (Range{0x2200'0000, 0x200'0000}));
    EXPECT_FALSE(virt.tree.find("/chosen")->reg());
}

TEST(device_tree_addresses, of_a_bus_with_empty_ranges_are_physical)
{
    CompiledTree virt = board_tree("virt");
    EXPECT_EQ(*virt.tree.find("/soc/serial")->physical_range(), (Range{0x1000'0000, 0x100}));
    EXPECT_EQ(*virt.tree.find("/memory")->physical_range(), (Range{0x8000'0000, 512u << 20}));
    EXPECT_FALSE(virt.tree.find("/cpus/cpu@3")->physical_range());
}

TEST(device_tree_addresses, are_translated_bus_by_bus)
{
    CompiledTree small{R"(/dts-v1/; / { #address-cells = <2>; #size-cells = <2>;
        outer { #address-cells = <1>; #size-cells = <1>;
            ranges = <0x0 0x1 0x40000000 0x1000>, <0x2000 0x0 0x50000000 0x1000>;
            inner { #address-cells = <1>; #size-cells = <1>; ranges = <0x0 0x2100 0x100>;
                device { reg = <0x10 0x20>, <0xf0 0x20>; }; };
            first { reg = <0xff0 0x10>; }; beyond { reg = <0xff0 0x11>; }; }; };)"};
    EXPECT_EQ(*small.tree.find("/outer/inner/device")->physical_range(),
              (Range{0x5000'0110, 0x20}));
    EXPECT_FALSE(small.tree.find("/outer/inner/device")->physical_range(1));
    EXPECT_EQ(*small.tree.find("/outer/first")->physical_range(), (Range{0x1'4000'0ff0, 0x10}));
    EXPECT_FALSE(small.tree.find("/outer/beyond")->physical_range());
}

TEST(device_tree_addresses, wider_than_64_bits_are_none)
{
    CompiledTree small{R"(/dts-v1/; / { #address-cells = <3>; #size-cells = <1>;
        wide { reg = <1 2 3 4>; }; narrow { reg = <0 2 3 4>; }; short { reg = <0 2 3>; }; };)"};
    EXPECT_FALSE(small.tree.find("/wide")->reg());
    EXPECT_EQ(*small.tree.find("/narrow")->reg(), (Range{0x2'0000'0003, 4}));
    EXPECT_FALSE(small.tree.find("/short")->reg());
    EXPECT_FALSE(small.tree.find("/narrow")->reg(~std::size_t{0}));
}
