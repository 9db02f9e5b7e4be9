// Hostile trees: real ones with bytes changed at random. Whatever parse() accepts has to be
// readable without leaving the blob (the sanitizers watch) and without endless walks.
#include "tests/unit/device_tree/compiled_tree.hpp"
#include <random>

using device_tree::Node;
using device_tree::Tree;

// Reads all that there is; returns how much, so that nothing is optimized away.
static std::size_t read_everything(Tree const& tree)
{
    std::size_t seen = 0;
    for (Node const& node : tree) {
        seen += node.name().size() + node.enabled() + node.is_compatible("virtio,mmio");
        for (std::size_t index = 0; index < 4; ++index) {
            seen += node.reg(index).has_value() + node.physical_range(index).has_value();
            seen += node.cell("interrupts", index).value_or(0) & 1;
        }
        seen += node.next_sibling().has_value() + node.parent().has_value();
        seen += node.text("compatible").size();
        if (auto const interrupt = device_tree::interrupt(node))
            seen += interrupt->controller.name().size();
    }
    for (std::size_t index = 0; tree.reservation(index); ++index)
        ++seen;
    return seen;
}

static TreeBytes mutated(TreeBytes bytes, std::mt19937& random)
{
    static constexpr std::array<std::uint8_t, 10> telling{0, 1, 2, 3, 4, 9, 0x7f, 0x80, 0xfe, 0xff};
    for (unsigned count = 1 + random() % 8; count != 0; --count) {
        bool in_header = random() % 4 == 0;
        std::size_t position = random() % (in_header ? 40 : bytes.size());
        bytes[position] = std::byte(random() % 2 ? telling[random() % 10] : random());
    }
    return bytes;
}

static void try_mutations_of(char const* board)
{
    TreeBytes original = board_tree(board).bytes;
    std::mt19937 random{2024};
    int accepted = 0;
    for (int round = 0; round < 1500; ++round) {
        TreeBytes bytes = mutated(original, random);
        auto tree = Tree::parse(bytes);
        if (tree && read_everything(*tree) != 0)
            ++accepted;
    }
    EXPECT_GT(accepted, 100);  // else the test tests little
}

TEST(device_tree_mutations, of_virt_are_refused_or_readable) { try_mutations_of("virt"); }
TEST(device_tree_mutations, of_sifive_u_are_refused_or_readable) { try_mutations_of("sifive_u"); }

TEST(device_tree_mutations, random_bytes_are_refused)
{
    std::mt19937 random{7};
    for (int round = 0; round < 1000; ++round) {
        TreeBytes bytes(random() % 256);
        for (std::byte& byte : bytes)
            byte = std::byte(random());
        EXPECT_FALSE(Tree::parse(bytes).has_value());
    }
}
