// lib/base/ordered_tree.hpp against std::map.
#include "lib/base/ordered_tree.hpp"
#include <algorithm>
#include <bit>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <random>

namespace {

struct Item {
    std::uint64_t key;
    TreeLink<Item> link;
};

struct Order {
    static std::uint64_t of(Item const& item) { return item.key; }
};

using Tree = OrderedTree<Item, &Item::link, Order>;

// A tree and what should be in it.
struct Both {
    Tree tree;
    std::map<std::uint64_t, std::unique_ptr<Item>> items;

    void add(std::uint64_t key)
    {
        auto [place, is_new] = items.try_emplace(key);
        if (!is_new)
            return;
        place->second.reset(new Item{.key = key, .link = {}});
        tree.insert(*place->second);
    }

    void drop(std::uint64_t key)
    {
        auto const found = items.find(key);
        if (found == items.end())
            return;
        tree.remove(*found->second);
        items.erase(found);
    }

    Item* expected_at_or_before(std::uint64_t key)
    {
        auto const after = items.upper_bound(key);
        return after == items.begin() ? nullptr : std::prev(after)->second.get();
    }

    void expect_same_order() const
    {
        Item const* at = tree.first();
        for (auto const& [key, item] : items) {
            ASSERT_EQ(at, item.get());
            at = Tree::next(*at);
        }
        EXPECT_EQ(at, nullptr);
        EXPECT_EQ(tree.empty(), items.empty());
    }

    std::size_t depth() const
    {
        std::size_t deepest = 0;
        for (auto const& [key, item] : items) {
            std::size_t depth = 0;
            for (Item const* at = item.get(); at != nullptr; at = at->link.parent)
                depth++;
            deepest = std::max(deepest, depth);
        }
        return deepest;
    }
};

}  // namespace

TEST(OrderedTree, finds_what_a_map_finds)
{
    std::mt19937_64 random{1};
    for (std::uint64_t keys : {4u, 30u, 1000u}) {
        Both both;
        for (int step = 0; step < 20'000; step++) {
            std::uint64_t const key = random() % keys;
            (random() % 2 == 0) ? both.add(key) : both.drop(key);
            std::uint64_t const wanted = random() % (keys + 2);
            ASSERT_EQ(both.tree.at_or_before(wanted), both.expected_at_or_before(wanted));
            if (step % 100 == 0)
                both.expect_same_order();
        }
    }
}

TEST(OrderedTree, no_order_of_insertions_makes_it_deep)
{
    constexpr std::uint64_t count = 10'000;
    constexpr std::size_t most = 5 * std::bit_width(count);
    Both rising;
    Both falling;
    Both alternating;
    for (std::uint64_t i = 0; i < count; i++) {
        rising.add(i);
        falling.add(count - i);
        alternating.add(i % 2 == 0 ? i : 2 * count - i);
        alternating.add(count / 2);  // comes and goes
        alternating.drop(count / 2);
    }
    EXPECT_LT(rising.depth(), most);
    EXPECT_LT(falling.depth(), most);
    EXPECT_LT(alternating.depth(), most);
}
