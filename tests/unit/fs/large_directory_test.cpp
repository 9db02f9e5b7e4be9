// Directories whose index has two levels.
#include "tests/unit/fs/mounted.hpp"
#include <gtest/gtest.h>

TEST(LargeDirectory, has_an_index_of_two_levels)
{
    constexpr int count = 9000;
    auto const name = [](int i) {
        return "a-name-that-is-long-enough-to-fill-blocks-quickly-so-that-the-index-grows-" +
               std::string(100, 'n') + std::to_string(i);
    };
    Image image{"-b 1024 -O ^has_journal -N 16384", "64M"};
    {
        Mounted mounted{image, 2048};
        ASSERT_TRUE(mounted.make("file"));
        for (int i = 0; i < count; ++i) {
            ASSERT_TRUE(mounted.make(name(i))) << i;
        }
        ASSERT_TRUE(mounted.sync());
        EXPECT_EQ(image.check(), 0) << image.output();
        EXPECT_NE(image.debugfs("htree_dump /").find("Indirect levels: 1"), std::string::npos);
        EXPECT_EQ(mounted.list("/")->size(), std::size_t{count} + 2);
        for (int i = 0; i < count; i += 7)
            EXPECT_TRUE(mounted.find(name(i))) << i;
        EXPECT_EQ(mounted.find(name(count)).error(), Status::not_found);
        for (int i = 0; i < count; ++i)
            ASSERT_TRUE(mounted.remove(name(i))) << i;
        ASSERT_TRUE(mounted.sync());
    }
    EXPECT_EQ(image.check(), 0) << image.output();
}
