// Failures in the middle: of the disk, and of the memory that data comes from.
#include "tests/unit/fs/mounted.hpp"
#include "tests/unit/fs/pattern.hpp"
#include <cstring>
#include <gtest/gtest.h>

namespace {

// A caller's buffer whose end cannot be read.
class BrokenSource final : public fs::WriteSource {
public:
    BrokenSource(std::string content, std::size_t readable)
        : content_{std::move(content)}, readable_{readable}
    {
    }
    Result<> get(std::size_t offset, std::span<std::byte> into) override
    {
        if (offset + into.size() > readable_)
            return fail(Status::lease_fault);
        std::memcpy(into.data(), content_.data() + offset, into.size());
        return {};
    }

private:
    std::string content_;
    std::size_t readable_;
};

constexpr std::size_t block = 4096;

class BrokenWrite : public testing::Test {
protected:
    Image image{"-b 4096 -O ^has_journal"};

    // Writes ten blocks at `offset`, of which `readable` bytes are there.
    void write(Mounted& mounted, std::uint64_t offset, std::size_t readable)
    {
        ext4::InodeRef inode = *mounted.make("file");
        BrokenSource source{pattern(10 * block, 1), readable};
        auto const done = ext4::write_file(mounted.volume(), *inode, offset, 10 * block, source);
        std::size_t const whole = readable / block * block;
        if (whole == 0)
            EXPECT_EQ(done.error(), Status::lease_fault);
        else
            EXPECT_EQ(done, whole);
    }
};

}  // namespace

TEST_F(BrokenWrite, keeps_what_came_before_the_failure)
{
    {
        Mounted mounted{image};
        write(mounted, 0, 5 * block + 100);
        EXPECT_EQ(mounted.read("file"), pattern(10 * block, 1).substr(0, 5 * block));
        ASSERT_TRUE(mounted.sync());
    }
    EXPECT_EQ(image.check(), 0) << image.output();
}

TEST_F(BrokenWrite, that_fails_at_once_changes_nothing)
{
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.write("file", "before"));
        std::uint64_t const before = mounted.volume().info().free_blocks;
        write(mounted, 8 * block, 0);
        EXPECT_EQ(mounted.read("file"), "before");
        EXPECT_EQ(mounted.volume().info().free_blocks, before);
        ASSERT_TRUE(mounted.sync());
    }
    EXPECT_EQ(image.check(), 0) << image.output();
}

TEST_F(BrokenWrite, over_old_content_leaves_the_rest_of_it)
{
    std::string expected = pattern(10 * block, 2);
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.write("file", expected));
        ASSERT_TRUE(mounted.sync());
    }
    Mounted mounted{image};
    write(mounted, 0, 3 * block);
    expected.replace(0, 3 * block, pattern(10 * block, 1).substr(0, 3 * block));
    EXPECT_EQ(mounted.read("file"), expected);
}

class FailingDisk : public testing::TestWithParam<unsigned> {};

TEST_P(FailingDisk, is_an_error_and_no_more)
{
    Image image{"-b 1024 -O ^has_journal"};
    {
        Mounted mounted{image, 32};
        ASSERT_TRUE(mounted.make_directory("d"));
        for (int i = 0; i < 60; ++i)
            ASSERT_TRUE(
                mounted.write("d/file-with-a-name-" + std::to_string(i), pattern(9'000, 3)));
        ASSERT_TRUE(mounted.sync());
        mounted.disk().fail_reads(GetParam());
        for (int i = 0; i < 120; ++i) {
            std::string const name = "d/file-with-a-name-" + std::to_string(i);
            (void)mounted.write(name, pattern(20'000, 4), 5'000);
            (void)mounted.read(name);
            (void)mounted.rename(name, "d/renamed-" + std::to_string(i));
            (void)mounted.truncate(name, 3'000);
            if (i % 2 == 0)
                (void)mounted.remove(name);
        }
        mounted.disk().fail_reads(0);
        EXPECT_TRUE(mounted.sync());
    }
    EXPECT_LE(image.repair(), 1) << image.output();
    EXPECT_EQ(image.check(), 0) << image.output();
}

INSTANTIATE_TEST_SUITE_P(, FailingDisk, testing::Values(2u, 3u, 5u, 7u, 11u, 23u));
