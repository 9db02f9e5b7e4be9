// What devices are wired to.
#include "tests/unit/device_tree/compiled_tree.hpp"

TEST(device_tree_interrupts, of_a_device_name_controller_and_source)
{
    CompiledTree virt = board_tree("virt");
    auto interrupt = device_tree::interrupt(*virt.tree.find("/soc/serial"));
    ASSERT_TRUE(interrupt);
    EXPECT_EQ(interrupt->number, 10u);
    EXPECT_TRUE(interrupt->controller.is_compatible("riscv,plic0"));
    EXPECT_FALSE(device_tree::interrupt(*virt.tree.find("/soc/serial"), 1));
    EXPECT_FALSE(device_tree::interrupt(*virt.tree.find("/memory")));
    CompiledTree sifive = board_tree("sifive_u");
    EXPECT_EQ(device_tree::interrupt(*sifive.tree.find("/soc/serial@10010000"))->number, 4u);
}

TEST(device_tree_interrupts, with_two_cells_have_flags)
{
    CompiledTree virt = board_tree("virt_aia");
    auto interrupt = device_tree::interrupt(*virt.tree.find("/soc/serial"));
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
    auto const plic = *board.tree.find("/soc/interrupt-controller");
    for (std::size_t i = 0; auto const target = device_tree::interrupt(plic, i); i++)
        contexts.emplace_back(target->controller.parent()->reg()->address, target->number);
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
    EXPECT_EQ(device_tree::interrupt(*small.tree.find("/a"))->controller.name(), "outer");
    EXPECT_EQ(device_tree::interrupt(*small.tree.find("/bus/b"), 1)->number, 9u);
    EXPECT_EQ(device_tree::interrupt(*small.tree.find("/bus/b"), 1)->flags, 2u);
    EXPECT_FALSE(device_tree::interrupt(*small.tree.find("/bus/b"), 2));
    EXPECT_EQ(device_tree::interrupt(*small.tree.find("/c"), 0)->number, 5u);
    EXPECT_EQ(device_tree::interrupt(*small.tree.find("/c"), 1)->controller.name(), "outer");
    EXPECT_FALSE(device_tree::interrupt(*small.tree.find("/dangling")));
}
