// A volume before the machine is switched off: nothing is left to be written, or to be mended.
#include "tests/unit/fs/mount_options.hpp"
#include "tests/unit/fs/mounted.hpp"
#include "tests/unit/fs/pattern.hpp"
#include <gtest/gtest.h>

class Freezing : public testing::TestWithParam<char const*> {};

INSTANTIATE_TEST_SUITE_P(, Freezing, testing::ValuesIn(kinds_of_volume));

TEST_P(Freezing, leaves_a_clean_volume_that_nobody_changes)
{
    Image image{GetParam()};
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.write("kept", pattern(20'000, 1)));
        ASSERT_TRUE(mounted.sync());
        std::uint64_t const free = mounted.volume().info().free_blocks;
        std::vector<ext4::InodeRef> open;
        for (char const* const name : {"a", "b", "c"}) {
            ASSERT_TRUE(mounted.write(name, pattern(50'000, 2)));
            open.push_back(*mounted.find(name));
            ASSERT_TRUE(mounted.remove(name));
        }
        open.erase(open.begin() + 1);
        ASSERT_TRUE(mounted.write("kept", "changed"));
        ASSERT_TRUE(mounted.volume().freeze());

        EXPECT_EQ(mounted.volume().info().free_blocks, free);
        EXPECT_EQ(*mounted.read_from(*open.front(), 0, 100), "");
        EXPECT_EQ(mounted.write_to(*open.back(), "x", 0).error(), Status::read_only);
        EXPECT_EQ(mounted.write("kept", "x").error(), Status::read_only);
        EXPECT_EQ(mounted.remove("kept").error(), Status::read_only);
        EXPECT_EQ(mounted.read("kept")->substr(0, 7), "changed");
        EXPECT_TRUE(mounted.volume().freeze());
        mounted.disk().lose_power_after(0);
    }
    EXPECT_EQ(image.check(), 0) << image.output();
    EXPECT_EQ(image.read("/kept"), "changed" + pattern(20'000, 1).substr(7));
}

TEST_P(Freezing, removed_content_leaves_the_cache)
{
    Image image{GetParam()};
    Mounted mounted{image};
    ASSERT_TRUE(mounted.write("file", "x"));
    std::uint32_t const before = mounted.cache().held_count();
    constexpr std::uint32_t pages = 100, few = 5;  // of bitmaps, and such that hold other blocks
    ASSERT_TRUE(mounted.write("file", pattern(pages * fs::page_bytes, 1)));
    EXPECT_GE(mounted.cache().held_count(), before + pages - few);
    ASSERT_TRUE(mounted.truncate("file", 1));
    EXPECT_LE(mounted.cache().held_count(), before + few);
    ASSERT_TRUE(mounted.write("file", pattern(pages * fs::page_bytes, 1)));
    ASSERT_TRUE(mounted.sync());
    ASSERT_TRUE(mounted.remove("file"));
    EXPECT_LE(mounted.cache().held_count(), before + few);
}
