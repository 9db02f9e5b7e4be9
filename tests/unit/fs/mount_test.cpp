// What is mounted, and how, and what is not: with a sentence that says why.
#include "tests/unit/fs/mounted.hpp"
#include <algorithm>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace {

void overwrite(std::string const& path, std::uint64_t offset, std::string const& bytes)
{
    int const file = open(path.c_str(), O_RDWR);
    ASSERT_EQ(pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset)),
              static_cast<ssize_t>(bytes.size()));
    close(file);
}

std::string reason(Mounted const& mounted)
{
    return mounted.notes.refusal == nullptr ? "" : mounted.notes.refusal;
}

}  // namespace

TEST(Mounting, names_the_feature_that_it_does_not_know)
{
    Image inline_data{"-O inline_data"};
    Mounted mounted{inline_data};
    EXPECT_EQ(mounted.status(), Status::not_supported);
    EXPECT_NE(reason(mounted).find("inline_data"), std::string::npos);

    Image encrypted{"-O encrypt"};
    EXPECT_EQ(Mounted{encrypted}.status(), Status::not_supported);
    Image folded{"-O casefold"};
    EXPECT_EQ(Mounted{folded}.status(), Status::not_supported);
    Image attributes{"-O ea_inode"};
    EXPECT_EQ(Mounted{attributes}.status(), Status::not_supported);
    Image guarded{"-O mmp"};
    EXPECT_EQ(Mounted{guarded}.status(), Status::not_supported);
    Image clustered{"-O bigalloc"};
    EXPECT_EQ(Mounted{clustered}.status(), Status::not_supported);
}

TEST(Mounting, does_not_write_where_it_might_do_harm)
{
    for (char const* options : {"-O quota", "-O verity", "-O quota,project"}) {
        Image image{options};
        Mounted mounted{image};
        ASSERT_EQ(mounted.status(), Status::ok) << options << reason(mounted);
        EXPECT_NE(mounted.notes.read_only, nullptr) << options;
        EXPECT_EQ(mounted.make_directory("d").error(), Status::read_only);
        EXPECT_TRUE(mounted.list("/"));
    }
}

TEST(Mounting, refuses_a_disk_without_a_volume)
{
    Image image{""};
    overwrite(image.path(), 1024, std::string(1024, '\0'));
    Mounted mounted{image};
    EXPECT_EQ(mounted.status(), Status::not_supported);
    EXPECT_NE(reason(mounted).find("no ext4"), std::string::npos);
}

TEST(Mounting, refuses_a_superblock_with_a_wrong_checksum)
{
    Image image{""};
    overwrite(image.path(), 1024 + 0x78, "name");
    Mounted mounted{image};
    EXPECT_EQ(mounted.status(), Status::corrupt);
    EXPECT_NE(reason(mounted).find("checksum"), std::string::npos);
}

TEST(Mounting, refuses_a_volume_that_is_larger_than_its_disk)
{
    Image image{"-O ^metadata_csum"};
    ASSERT_EQ(truncate(image.path().c_str(), 15 << 20), 0);
    EXPECT_EQ(Mounted{image}.status(), Status::corrupt);
}

TEST(Mounting, is_not_clean_from_the_first_change_to_the_next_sync)
{
    Image image{"-b 4096 -O ^has_journal"};
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.make_directory("d"));
        EXPECT_NE(image.debugfs("show_super_stats -h").find("not clean"), std::string::npos);
        ASSERT_TRUE(mounted.sync());
        EXPECT_EQ(image.debugfs("show_super_stats -h").find("not clean"), std::string::npos);
        ASSERT_TRUE(mounted.make_directory("e"));
    }
    Mounted again{image};
    ASSERT_EQ(again.status(), Status::ok);
    EXPECT_NE(again.notes.warning, nullptr);
    // Only e2fsck may say that such a volume is clean.
    ASSERT_TRUE(again.make_directory("f"));
    ASSERT_TRUE(again.sync());
    EXPECT_NE(image.debugfs("show_super_stats -h").find("not clean"), std::string::npos);
}

TEST(Mounting, works_on_large_and_tiny_volumes)
{
    for (char const* size : {"300K", "1M", "8G", "300G"}) {
        Image image{"-b 4096 -O ^has_journal", size};
        {
            Mounted mounted{image, 256};
            ASSERT_EQ(mounted.status(), Status::ok) << size << reason(mounted);
            ASSERT_TRUE(mounted.make_directory("d")) << size;
            ASSERT_TRUE(mounted.write("d/file", std::string(40'000, 'x'))) << size;
            ASSERT_TRUE(mounted.sync());
        }
        EXPECT_EQ(image.check(), 0) << size << image.output();
        EXPECT_EQ(image.read("/d/file"), std::string(40'000, 'x'));
    }
}

TEST(Mounting, keeps_sequential_files_in_few_pieces)
{
    Image image{"-b 4096 -O ^has_journal", "128M"};
    {
        Mounted mounted{image};
        for (std::uint64_t i = 0; i < 2000; ++i)
            ASSERT_TRUE(mounted.write("file", std::string(4096, 'x'), i * 4096));
        ASSERT_TRUE(mounted.sync());
    }
    EXPECT_EQ(image.check(), 0);
    // debugfs has two lines of its own; a group's metadata may be in the way.
    std::string const extents = image.debugfs("dump_extents /file");
    EXPECT_LE(std::count(extents.begin(), extents.end(), '\n'), 4) << extents;
}
