// Writing: whatever is done, e2fsck finds a clean volume, and debugfs the same content.
#include "tests/unit/fs/mount_options.hpp"
#include "tests/unit/fs/mounted.hpp"
#include "tests/unit/fs/pattern.hpp"
#include <gtest/gtest.h>

namespace {

class Writing : public testing::TestWithParam<char const*> {
protected:
    Image image{GetParam()};

    void expect_clean() { EXPECT_EQ(image.check(), 0) << image.output(); }
};

}  // namespace

TEST_P(Writing, files_are_there_for_the_host)
{
    {
        Mounted mounted{image};
        ASSERT_EQ(mounted.status(), Status::ok) << mounted.notes.refusal;
        ASSERT_TRUE(mounted.write("small", "hello\n"));
        ASSERT_TRUE(mounted.write("large", pattern(3'000'001, 1)));
        ASSERT_TRUE(mounted.make_directory("d"));
        ASSERT_TRUE(mounted.make_directory("d/e"));
        ASSERT_TRUE(mounted.write("d/e/f", pattern(10'000, 2)));
        ASSERT_TRUE(mounted.link("short", "d/e/f"));
        ASSERT_TRUE(mounted.link("long", std::string(300, '/') + "d/e/f"));
        ASSERT_TRUE(mounted.write("small", "J", 0));
        ASSERT_TRUE(mounted.write("small", "more", 6));
        EXPECT_EQ(mounted.read("small"), "Jello\nmore");
        EXPECT_EQ(mounted.read("short"), pattern(10'000, 2));
        EXPECT_EQ(mounted.read("long"), pattern(10'000, 2));
        ASSERT_TRUE(mounted.sync());
    }
    expect_clean();
    EXPECT_EQ(image.read("/small"), "Jello\nmore");
    EXPECT_EQ(image.read("/large"), pattern(3'000'001, 1));
    EXPECT_EQ(image.read("/d/e/f"), pattern(10'000, 2));
}

TEST_P(Writing, what_is_removed_gives_everything_back)
{
    ext4::VolumeInfo before{};
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.write("first", "makes the volume's own structures"));
        ASSERT_TRUE(mounted.remove("first"));
        before = mounted.volume().info();
        ASSERT_TRUE(mounted.make_directory("d"));
        for (int i = 0; i < 100; ++i)
            ASSERT_TRUE(mounted.write("d/" + std::to_string(i), pattern(50'000, 3)));
        EXPECT_EQ(mounted.remove_directory("d").error(), Status::not_empty);
        for (int i = 0; i < 100; ++i)
            ASSERT_TRUE(mounted.remove("d/" + std::to_string(i)));
        EXPECT_EQ(mounted.remove("d").error(), Status::is_directory);
        ASSERT_TRUE(mounted.remove_directory("d"));
        EXPECT_EQ(mounted.find("d").error(), Status::not_found);
        EXPECT_EQ(mounted.volume().info().free_blocks, before.free_blocks);
        EXPECT_EQ(mounted.volume().info().free_inodes, before.free_inodes);
        ASSERT_TRUE(mounted.sync());
    }
    expect_clean();
}

TEST_P(Writing, a_thousand_files_are_made_and_removed)
{
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.make_directory("many"));
        for (int i = 0; i < 1000; ++i)
            ASSERT_TRUE(
                mounted.write("many/a-file-with-number-" + std::to_string(i), std::to_string(i)))
                << i;
        ASSERT_TRUE(mounted.sync());
        expect_clean();
        EXPECT_EQ(mounted.list("many")->size(), 1000u);
        for (int i = 0; i < 1000; ++i)
            EXPECT_EQ(mounted.read("many/a-file-with-number-" + std::to_string(i)),
                      std::to_string(i));
        for (int i = 0; i < 1000; i += 2)
            ASSERT_TRUE(mounted.remove("many/a-file-with-number-" + std::to_string(i)));
        ASSERT_TRUE(mounted.sync());
        expect_clean();
        for (int i = 1; i < 1000; i += 2)
            ASSERT_TRUE(mounted.remove("many/a-file-with-number-" + std::to_string(i)));
        EXPECT_TRUE(mounted.list("many")->empty());
        ASSERT_TRUE(mounted.remove_directory("many"));
        ASSERT_TRUE(mounted.sync());
    }
    expect_clean();
}

TEST_P(Writing, directories_can_be_deep)
{
    {
        Mounted mounted{image};
        std::string path;
        for (int i = 0; i < 100; ++i) {
            path += "/directory";
            ASSERT_TRUE(mounted.make_directory(path)) << i;
        }
        ASSERT_TRUE(mounted.write(path + "/file", "deep"));
        ASSERT_TRUE(mounted.sync());
        EXPECT_EQ(mounted.read(path + "/file"), "deep");
        std::string too_deep;
        for (int i = 0; i < 300; ++i)
            too_deep += "directory/../directory/";
        EXPECT_EQ(mounted.find(too_deep).error(), Status::not_found);
    }
    expect_clean();
}

TEST_P(Writing, a_full_disk_is_an_error_and_stays_sound)
{
    {
        Mounted mounted{image};
        std::string const content = pattern(300'000, 4);
        Result<> result{};
        int files = 0;
        for (; result && files < 1000; ++files)
            result = mounted.write("file" + std::to_string(files), content);
        ASSERT_EQ(result.error(), Status::no_space);
        ASSERT_TRUE(mounted.sync());
        expect_clean();
        for (int i = 0; i < files - 1; ++i)
            EXPECT_EQ(mounted.read("file" + std::to_string(i)), content);
        // Names need blocks, too: those run out in the middle of everything else.
        result = {};
        for (int i = 0; result && i < 5000; ++i)
            result = mounted.make_directory("directory" + std::to_string(i));
        EXPECT_EQ(result.error(), Status::no_space);
        ASSERT_TRUE(mounted.sync());
        expect_clean();

        ASSERT_TRUE(mounted.remove("file0"));
        ASSERT_TRUE(mounted.write("again", std::string(100'000, 'x')));
        ASSERT_TRUE(mounted.sync());
    }
    expect_clean();
}

TEST_P(Writing, holes_read_as_zeros_and_take_no_space)
{
    constexpr std::uint64_t far = 3'000'000'000;
    {
        Mounted mounted{image};
        std::uint64_t const before = mounted.volume().info().free_blocks;
        ASSERT_TRUE(mounted.write("sparse", "start"));
        ASSERT_TRUE(mounted.write("sparse", "middle", 1'000'000'000));
        ASSERT_TRUE(mounted.write("sparse", "end", far));
        EXPECT_LT(before - mounted.volume().info().free_blocks, 10u);
        {
            ext4::InodeRef inode = *mounted.find("sparse");
            EXPECT_EQ(inode->size(), far + 3);
            EXPECT_EQ(mounted.read_from(*inode, 999'999'998, 10),
                      std::string("\0\0middle\0\0", 10));
        }
        ASSERT_TRUE(mounted.sync());
        expect_clean();
        ASSERT_TRUE(mounted.remove("sparse"));
        ASSERT_TRUE(mounted.sync());
    }
    expect_clean();
}

// Every second block: as many extents as there can be.
TEST_P(Writing, many_extents_are_added_joined_and_removed)
{
    constexpr std::uint64_t step = 8192;
    constexpr std::uint64_t count = 800;
    {
        Mounted mounted{image};
        for (std::uint64_t i = 0; i < count; ++i)
            ASSERT_TRUE(mounted.write("comb", "tooth", i * step)) << i;
        for (std::uint64_t i = count; i > 0; --i)
            ASSERT_TRUE(mounted.write("backwards", "tooth", (i - 1) * step)) << i;
        ASSERT_TRUE(mounted.sync());
        expect_clean();
        {
            ext4::InodeRef comb = *mounted.find("comb");
            for (std::uint64_t i = 0; i < count - 1; ++i)
                ASSERT_EQ(mounted.read_from(*comb, i * step, 6), std::string("tooth\0", 6));
        }
        for (std::uint64_t i = 0; i < count; ++i)
            ASSERT_TRUE(mounted.write("comb", pattern(4096, 7), i * step + 4096));
        ASSERT_TRUE(mounted.sync());
        expect_clean();
        ASSERT_TRUE(mounted.truncate("comb", count / 2 * step + 3));
        ASSERT_TRUE(mounted.sync());
        expect_clean();
        ASSERT_TRUE(mounted.truncate("comb", 0));
        ASSERT_TRUE(mounted.remove("backwards"));
        ASSERT_TRUE(mounted.sync());
    }
    expect_clean();
}

TEST_P(Writing, truncating_cuts_and_extends_with_zeros)
{
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.write("file", pattern(20'000, 5)));
        ASSERT_TRUE(mounted.truncate("file", 10'001));
        ASSERT_TRUE(mounted.truncate("file", 15'000));
        EXPECT_EQ(mounted.read("file"), pattern(10'001, 5) + std::string(4'999, '\0'));
        ASSERT_TRUE(mounted.write("file", "x", 17'000));
        EXPECT_EQ(mounted.read("file"), pattern(10'001, 5) + std::string(6'999, '\0') + "x");
        ASSERT_TRUE(mounted.sync());
    }
    expect_clean();
    EXPECT_EQ(image.read("/file").size(), 17'001u);
}

TEST_P(Writing, renaming_moves_and_replaces)
{
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.make_directory("a"));
        ASSERT_TRUE(mounted.make_directory("b"));
        ASSERT_TRUE(mounted.make_directory("a/sub"));
        ASSERT_TRUE(mounted.write("a/x", "x"));
        ASSERT_TRUE(mounted.write("b/y", "y"));
        ASSERT_TRUE(mounted.rename("a/x", "a/z"));
        EXPECT_EQ(mounted.read("a/z"), "x");
        ASSERT_TRUE(mounted.rename("a/z", "b/y"));
        EXPECT_EQ(mounted.read("b/y"), "x");
        EXPECT_EQ(mounted.find("a/z").error(), Status::not_found);
        ASSERT_TRUE(mounted.rename("a/sub", "b/sub"));
        EXPECT_EQ(mounted.rename("b", "b/sub/b").error(), Status::bad_argument);
        EXPECT_EQ(mounted.rename("b/y", "b/sub").error(), Status::is_directory);
        EXPECT_EQ(mounted.rename("b/sub", "b/y").error(), Status::not_a_directory);
        EXPECT_EQ(mounted.rename("a", "b").error(), Status::not_empty);
        ASSERT_TRUE(mounted.rename("a", "b/sub"));
        ASSERT_TRUE(mounted.rename("b/sub", "b/sub"));
        EXPECT_EQ(mounted.rename("nothing", "b/q").error(), Status::not_found);
        EXPECT_EQ(mounted.rename("b", "..").error(), Status::bad_argument);
        ASSERT_TRUE(mounted.sync());
    }
    expect_clean();
    EXPECT_EQ(image.read("/b/y"), "x");
}

TEST_P(Writing, a_removed_file_keeps_its_content_while_it_is_open)
{
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.write("one", pattern(100'000, 6)));
        ASSERT_TRUE(mounted.write("two", "2"));
        ASSERT_TRUE(mounted.write("three", "3"));
        std::uint64_t const before = mounted.volume().info().free_blocks;
        {
            ext4::InodeRef one = *mounted.find("one");
            ext4::InodeRef two = *mounted.find("two");
            ext4::InodeRef three = *mounted.find("three");
            ASSERT_TRUE(mounted.remove("one"));
            ASSERT_TRUE(mounted.remove("two"));
            ASSERT_TRUE(mounted.remove("three"));
            EXPECT_EQ(mounted.find("one").error(), Status::not_found);
            EXPECT_EQ(mounted.read_from(*one, 0, 100'000), pattern(100'000, 6));
            ASSERT_TRUE(mounted.write_to(*one, "still", 100'000));
            two = {};  // from the middle of the list
            ASSERT_TRUE(mounted.sync());
            EXPECT_NE(image.check(), 0);  // whoever finds the volume now has to clean up
        }
        EXPECT_GT(mounted.volume().info().free_blocks, before);
        ASSERT_TRUE(mounted.sync());
    }
    expect_clean();
}

TEST_P(Writing, nothing_is_made_in_a_removed_directory_that_is_open)
{
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.make_directory("d"));
        ASSERT_TRUE(mounted.write("file", "x"));
        {
            fs::View const inside =
                mounted.view({}, *mounted.view().find("d", fs::LastLink::follow));
            ASSERT_TRUE(mounted.remove_directory("d"));
            using fs::mode::of;
            EXPECT_EQ(inside.make("new", of(fs::Kind::file)).error(), Status::not_found);
            EXPECT_EQ(inside.make("new", of(fs::Kind::directory)).error(), Status::not_found);
            EXPECT_EQ(inside.make_link("new", "target").error(), Status::not_found);
            EXPECT_EQ(inside.find("..", fs::LastLink::follow).error(), Status::not_found);
        }
        ASSERT_TRUE(mounted.sync());
    }
    expect_clean();
}

INSTANTIATE_TEST_SUITE_P(, Writing, testing::ValuesIn(kinds_of_volume));
