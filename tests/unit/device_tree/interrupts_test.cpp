// What devices are wired to.
#include "tests/unit/device_tree/compiled_tree.hpp"

using device_tree::Interrupt;

TEST(device_tree_interrupts, of_a_device_name_controller_and_source)
{
    CompiledTree virt = board_tree("virt");
    auto interrupt = virt.tree.find("/soc/serial")->interrupt();
    ASSERT_TRUE(interrupt);
    EXPECT_EQ(interrupt->number, 10u);
    EXPECT_TRUE(interrupt->controller.is_compatible("riscv,plic0"));
    EXPECT_FALSE(virt.tree.find("/soc/serial")->interrupt(1));
    EXPECT_FALSE(virt.tree.find("/memory")->interrupt());
    EXPECT_EQ(board_tree("sifive_u").tree.find("/soc/serial@10010000")->interrupt()->number, 4u);
}

TEST(device_tree_interrupts, with_two_cells_have_flags)
{
    CompiledTree virt = board_tree("virt_aia");
    auto interrupt = virt.tree.find("/soc/serial")->interrupt();
    ASSERT_TRUE(interrupt);
    EXPECT_EQ(interrupt->number, 10u);
    EXPECT_EQ(interrupt->flags, 4u);
    EXPECT_TRUE(interrupt->controller.is_compatible("riscv,aplic"));
}

// Which context of sifive_u's PLIC is which: hart 0 has no supervisor mode.
TEST(device_tree_interrupts, of_the_plic_lead_to_the_contexts_of_the_harts)
{
    CompiledTree board = board_tree("sifive_u");
    std::vector<std::pair<std::uint64_t, std::uint32_t>> contexts;
    board.tree.find("/soc/interrupt-controller")->for_each_interrupt([&](Interrupt const& target) {
        contexts.emplace_back(target.controller.parent()->reg()->address, target.number);
        return true;
    });
    EXPECT_EQ(contexts,
              (decltype(contexts){
                  {0, 11}, {1, 11}, {1, 9}, {2, 11}, {2, 9}, {3, 11}, {3, 9}, {4, 11}, {4, 9}}));
}

TEST(device_tree_interrupts, are_inherited_from_the_nearest_ancestor)
{
    CompiledTree small{R"(/dts-v1/; / { interrupt-parent = <&outer>;
        outer: outer { phandle = <1>; #interrupt-cells = <1>; };
        inner: inner { phandle = <2>; #interrupt-cells = <2>; };
        a { interrupts = <7>; };
        bus { interrupt-parent = <&inner>; b { interrupts = <8 1 9 2>; }; };
        c { interrupts-extended = <&inner 5 3>, <&outer 6>; };
        dangling { interrupts-extended = <77 6>; }; };)"};
    EXPECT_EQ(small.tree.find("/a")->interrupt()->controller.name(), "outer");
    EXPECT_EQ(small.tree.find("/bus/b")->interrupt(1)->number, 9u);
    EXPECT_EQ(small.tree.find("/bus/b")->interrupt(1)->flags, 2u);
    EXPECT_FALSE(small.tree.find("/bus/b")->interrupt(2));
    EXPECT_EQ(small.tree.find("/c")->interrupt(0)->number, 5u);
    EXPECT_EQ(small.tree.find("/c")->interrupt(1)->controller.name(), "outer");
    EXPECT_FALSE(small.tree.find("/dangling")->interrupt());
}
