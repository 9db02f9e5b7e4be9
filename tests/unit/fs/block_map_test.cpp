// Files with block maps, as ext3 made them: they are read, emptied and removed.
#include "tests/unit/fs/mounted.hpp"
#include "tests/unit/fs/pattern.hpp"
#include <fstream>
#include <gtest/gtest.h>

namespace {

std::string const content = pattern(6'000'000, 8);

}  // namespace

class BlockMap : public testing::Test {
protected:
    BlockMap()
    {
        std::ofstream{image.folder() + "/source", std::ios::binary} << content;
        image.write_with_debugfs("write " + image.folder() + "/source mapped");
        std::string text;
        // From now on the volume may have extents, but this file has none.
        run("tune2fs -O extents " + image.path(), text);
    }
    Image image{"-O ^has_journal,^extents,^64bit -b 1024", "24M"};
};

TEST_F(BlockMap, is_read)
{
    Mounted mounted{image};
    ASSERT_EQ(mounted.status(), Status::ok) << mounted.notes.refusal;
    EXPECT_EQ(mounted.read("mapped"), content);
}

TEST_F(BlockMap, is_overwritten_but_not_extended)
{
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.write("mapped", "new", 5'000'000));
        EXPECT_EQ(mounted.write("mapped", "new", 7'000'000).error(), Status::not_supported);
        ASSERT_TRUE(mounted.sync());
    }
    EXPECT_EQ(image.check(), 0) << image.output();
}

TEST_F(BlockMap, has_extents_once_it_was_emptied)
{
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.truncate("mapped", 0));
        ASSERT_TRUE(mounted.write("mapped", content));
        ASSERT_TRUE(mounted.sync());
    }
    EXPECT_EQ(image.check(), 0) << image.output();
    EXPECT_EQ(image.read("/mapped"), content);
}

TEST_F(BlockMap, is_removed)
{
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.remove("mapped"));
        ASSERT_TRUE(mounted.sync());
    }
    EXPECT_EQ(image.check(), 0) << image.output();
}

TEST(Ext3, is_served_read_only)
{
    Image image{"-O ^extents,^64bit"};
    Mounted mounted{image};
    ASSERT_EQ(mounted.status(), Status::ok) << mounted.notes.refusal;
    EXPECT_NE(mounted.notes.read_only, nullptr);
    EXPECT_EQ(mounted.write("file", "x").error(), Status::read_only);
}
