// Walking device trees: those of QEMU's boards, and small ones.
#include "tests/unit/device_tree/compiled_tree.hpp"
#include <set>

using device_tree::Node;
using device_tree::Tree;

TEST(device_tree, finds_nodes_with_and_without_unit_address)
{
    CompiledTree virt = board_tree("virt");
    auto exact = virt.tree.find("/soc/serial@10000000");
    auto loose = virt.tree.find("/soc/serial");
    ASSERT_TRUE(exact && loose);
    EXPECT_EQ(*exact, *loose);
    EXPECT_EQ(exact->name(), "serial@10000000");
    EXPECT_EQ(exact->base_name(), "serial");
    EXPECT_TRUE(exact->is_compatible("ns16550a"));
    EXPECT_FALSE(exact->is_compatible("ns16550"));
    EXPECT_FALSE(virt.tree.find("/soc/serial@10000001"));
    EXPECT_FALSE(virt.tree.find("/nowhere/serial"));
    EXPECT_EQ(*virt.tree.find("/"), virt.tree.root());
}

TEST(device_tree, reads_cells_strings_and_lists)
{
    CompiledTree virt = board_tree("virt");
    EXPECT_EQ(virt.tree.find("/cpus")->cell("timebase-frequency"), 10'000'000u);
    EXPECT_EQ(virt.tree.find("/chosen")->text("stdout-path"), "/soc/serial@10000000");
    EXPECT_EQ(virt.tree.find("/chosen")->cell("stdout-path", 99), std::nullopt);

    Node plic = *virt.tree.find("/soc/plic");
    EXPECT_TRUE(plic.is_compatible("sifive,plic-1.0.0"));
    EXPECT_TRUE(plic.is_compatible("riscv,plic0"));
    EXPECT_FALSE(plic.is_compatible("riscv"));
    EXPECT_TRUE(plic.property("interrupt-controller"));
    EXPECT_FALSE(plic.property("absent"));
    EXPECT_EQ(plic.text("absent"), "");
}

TEST(device_tree, visits_each_node_once_and_knows_its_parent)
{
    CompiledTree virt = board_tree("virt");
    std::set<std::string> harts;
    int nodes = 0, slots = 0;
    for (Node const& node : virt.tree) {
        ++nodes;
        if (node.text("device_type") == "cpu")
            harts.insert(std::string{node.name()});
        if (node.is_compatible("virtio,mmio")) {
            ++slots;
            EXPECT_EQ(node.parent()->name(), "soc");
            EXPECT_EQ(node.parent()->parent(), virt.tree.root());
        }
    }
    EXPECT_EQ(harts, (std::set<std::string>{"cpu@0", "cpu@1", "cpu@2", "cpu@3"}));
    EXPECT_EQ(slots, 8);
    EXPECT_EQ(nodes, 39);
}

TEST(device_tree, children_are_only_the_direct_ones)
{
    CompiledTree virt = board_tree("virt");
    int count = 0;
    for (Node const& child : virt.tree.find("/cpus")->children())
        count += child.base_name() == "cpu";
    EXPECT_EQ(count, 4);
    EXPECT_FALSE(virt.tree.find("/chosen")->first_child());
    EXPECT_FALSE(virt.tree.root().next_sibling());
    EXPECT_FALSE(virt.tree.root().parent());
}

TEST(device_tree, status_says_what_is_enabled)
{
    CompiledTree small{"/dts-v1/; / { a { status = \"disabled\"; }; b { status = \"okay\"; };"
                       "c { status = \"ok\"; }; d { }; e { status = \"fail\"; }; };"};
    EXPECT_FALSE(small.tree.find("/a")->enabled());
    EXPECT_TRUE(small.tree.find("/b")->enabled());
    EXPECT_TRUE(small.tree.find("/c")->enabled());
    EXPECT_TRUE(small.tree.find("/d")->enabled());
    EXPECT_FALSE(small.tree.find("/e")->enabled());
}

TEST(device_tree, reads_memory_reservations)
{
    CompiledTree small{"/dts-v1/; /memreserve/ 0x80000000 0x40000;"
                       "/memreserve/ 0x1234567800000000 0x1000; / { };"};
    ASSERT_TRUE(small.tree.reservation(1));
    EXPECT_EQ(small.tree.reservation(0)->address, 0x8000'0000u);
    EXPECT_EQ(small.tree.reservation(0)->size, 0x40000u);
    EXPECT_EQ(small.tree.reservation(1)->address, 0x1234'5678'0000'0000u);
    EXPECT_FALSE(small.tree.reservation(2));
    EXPECT_FALSE(board_tree("virt").tree.reservation(0));
}

static std::string nested(int depth)
{
    std::string text = "/dts-v1/; / { ";
    for (int i = 1; i < depth; ++i)
        text += "n { ";
    for (int i = 1; i < depth; ++i)
        text += "}; ";
    return text + "};";
}

TEST(device_tree, refuses_deep_nesting_other_versions_and_truncation)
{
    TreeBytes deep = compile_tree(nested(device_tree::max_depth));
    EXPECT_TRUE(Tree::parse(deep).has_value());
    deep = compile_tree(nested(device_tree::max_depth + 1));
    EXPECT_EQ(Tree::parse(deep).error(), Status::not_supported);

    TreeBytes bytes = board_tree("virt").bytes;
    for (std::size_t length = 0; length < bytes.size(); length += 7)
        EXPECT_EQ(Tree::parse(device_tree::Bytes{bytes}.first(length)).error(), Status::corrupt);
    bytes[23] = std::byte{16};
    EXPECT_EQ(Tree::parse(bytes).error(), Status::not_supported);
}
