// Mapped files: one copy of each page, one content for all, and room for what is stored.
#include "servers/fs/tmpfs/files.hpp"
#include "tests/unit/fs/mapped.hpp"
#include "tests/unit/fs/mounted.hpp"
#include "tests/unit/fs/pattern.hpp"
#include "tests/unit/fs/test_memory.hpp"
#include <gtest/gtest.h>

namespace {

constexpr std::size_t page = fs::file_page_bytes;

fs::NodeRef node_at(Mounted& mounted, std::string_view path)
{
    return *mounted.view().find(path, fs::LastLink::keep);
}

std::int64_t modified(fs::NodeRef const& node)
{
    return node.system().attributes(*node).modified.seconds;
}

}  // namespace

class MappedFiles : public testing::TestWithParam<char const*> {
protected:
    ~MappedFiles()
    {
        if (mounted != nullptr) {
            EXPECT_TRUE(mounted->sync());
        }
        mounted.reset();
        EXPECT_EQ(image.check(), 0) << image.output();
    }
    fs::NodeRef make(std::string_view content)
    {
        EXPECT_TRUE(mounted->write("file", content));
        return node_at(*mounted, "file");
    }
    static bool has_whole_pages() { return GetParam() == std::string_view{"-b 4096"}; }
    std::uint32_t held() { return mounted->cache().held_count(); }

    Image image{std::string{GetParam()} + " -O ^has_journal"};
    std::unique_ptr<Mounted> mounted = std::make_unique<Mounted>(image, 1024);
};

INSTANTIATE_TEST_SUITE_P(, MappedFiles, testing::Values("-b 4096", "-b 2048", "-b 1024"));

// A page of the disk may hold blocks of the file and others.
constexpr std::uint32_t few = 3;

TEST_P(MappedFiles, are_in_memory_once)
{
    constexpr std::uint32_t pages = 256;
    fs::NodeRef const node = make(pattern(pages * page, 1));
    ASSERT_TRUE(mounted->sync());
    std::uint32_t const without = held() - pages;
    {
        Mapped mapped{node};
        ASSERT_TRUE(mapped.touch(0, pages));
        EXPECT_EQ(mapped.pages().page_count(), pages);
        EXPECT_LE(held(), without + few);
        EXPECT_EQ(*read_all(node), pattern(pages * page, 1));
        EXPECT_LE(held(), without + few);

        ASSERT_TRUE(mapped.store(0, pattern(pages * page, 2)));
        ASSERT_TRUE(write_at(node, 5000, "written"));
        EXPECT_LE(held(), without + few);
        ASSERT_TRUE(mapped.pages().settle());
        ASSERT_TRUE(mounted->sync());
        EXPECT_LE(held(), without + few);
        ASSERT_TRUE(mapped.pages().give_back_all());
    }
    if (has_whole_pages()) {
        EXPECT_EQ(held(), without + pages);  // they stay in the cache when nobody maps them
    }
}

TEST_P(MappedFiles, are_not_read_ahead_of)
{
    constexpr std::uint32_t pages = 64, half = pages / 2;
    ASSERT_TRUE(mounted->write("file", pattern(pages * page, 1)));
    ASSERT_TRUE(mounted->sync());
    mounted.reset();
    mounted = std::make_unique<Mounted>(image, 1024);
    fs::NodeRef const node = node_at(*mounted, "file");
    std::uint32_t const before = held();
    Mapped mapped{node};
    ASSERT_TRUE(mapped.touch(half, half));
    for (std::uint64_t number = 0; number < half; ++number)
        EXPECT_TRUE(read_at(node, number * page, page));
    EXPECT_LE(held(), before + half + few);
}

TEST_P(MappedFiles, have_one_content)
{
    fs::NodeRef const node = make(pattern(5 * page, 1));
    std::string expected = pattern(5 * page, 1);
    Mapped mapped{node};
    EXPECT_EQ(*mapped.load(page, 10), expected.substr(page, 10));

    ASSERT_TRUE(mapped.store(2 * page - 3, "stored"));
    expected.replace(2 * page - 3, 6, "stored");
    EXPECT_EQ(*read_all(node), expected);

    ASSERT_TRUE(write_at(node, page + 7, pattern(2 * page, 3)));  // mapped pages and others
    expected.replace(page + 7, 2 * page, pattern(2 * page, 3));
    EXPECT_EQ(*mapped.load(0, 5 * page), expected);
    EXPECT_EQ(*read_all(node), expected);
    ASSERT_TRUE(mapped.pages().give_back_all());
    EXPECT_EQ(*read_all(node), expected);
}

TEST_P(MappedFiles, grow_with_what_is_appended)
{
    fs::NodeRef const node = make("start");
    Mapped mapped{node};
    ASSERT_TRUE(mapped.store(100, "behind the end"));
    ASSERT_TRUE(write_at(node, 5, "+more"));
    EXPECT_EQ(*read_all(node), "start+more");
    EXPECT_EQ(*mapped.load(10, 200), std::string(200, '\0'));

    ASSERT_TRUE(mapped.store(300, "behind the end"));
    ASSERT_TRUE(write_at(node, 2 * page, "far"));
    std::string const expected = "start+more" + std::string(2 * page - 10, '\0') + "far";
    EXPECT_EQ(*read_all(node), expected);
    EXPECT_EQ(*mapped.load(0, 2 * page + 3), expected);
    ASSERT_TRUE(mapped.pages().give_back_all());
}

TEST_P(MappedFiles, lose_what_is_cut_off)
{
    fs::NodeRef const node = make(pattern(3 * page, 1));
    Mapped mapped{node};
    ASSERT_TRUE(mapped.touch(0, 3));
    ASSERT_TRUE(mapped.store(100, "x"));
    ASSERT_TRUE(fs::truncate_content(node, 50));
    EXPECT_EQ(mapped.pages().page_count(), 1u);
    EXPECT_EQ(mapped.load(page, 1).error(), Status::out_of_range);
    ASSERT_TRUE(fs::truncate_content(node, 2 * page));
    EXPECT_EQ(*read_all(node), pattern(50, 1) + std::string(2 * page - 50, '\0'));
    EXPECT_EQ(*mapped.load(0, page), pattern(50, 1) + std::string(page - 50, '\0'));
    ASSERT_TRUE(mapped.pages().give_back_all());
}

TEST_P(MappedFiles, tell_of_a_full_disk_at_the_store)
{
    fs::NodeRef const node = make("");
    ASSERT_TRUE(fs::truncate_content(node, 20 * page));
    Mapped mapped{node};
    ASSERT_TRUE(mapped.touch(0, 20));
    ASSERT_TRUE(mounted->make("filler"));
    std::uint64_t const left = 6 * page / mounted->volume().geometry().block_size;
    std::string const block = pattern(mounted->volume().geometry().block_size, 9);
    for (std::uint64_t at = 0; mounted->volume().info().free_blocks > left; at += block.size())
        ASSERT_TRUE(mounted->write("filler", block, at));

    Status last = Status::ok;
    std::string expected(20 * page, '\0');
    for (std::uint64_t at = 5; last == Status::ok; at += 3 * page) {
        last = to_status(mapped.store(at, "kept"));
        if (last == Status::ok)
            expected.replace(at, 4, "kept");
    }
    EXPECT_EQ(last, Status::no_space);
    EXPECT_NE(expected, std::string(20 * page, '\0'));
    ASSERT_TRUE(mapped.pages().settle());
    ASSERT_TRUE(mapped.store(7, "still"));  // it has its place
    expected.replace(7, 5, "still");
    ASSERT_TRUE(mapped.pages().give_back_all());
    EXPECT_EQ(*read_all(node), expected);
}

TEST_P(MappedFiles, grow_and_ask_for_room_again)
{
    fs::NodeRef const node = make("x");
    Mapped mapped{node};
    ASSERT_TRUE(mapped.store(0, "y"));
    ASSERT_TRUE(fs::truncate_content(node, page));
    ASSERT_TRUE(mounted->make("filler"));
    std::string const block = pattern(mounted->volume().geometry().block_size, 9);
    for (std::uint64_t at = 0; mounted->volume().info().free_blocks > 0; at += block.size())
        ASSERT_TRUE(mounted->write("filler", block, at));
    Result<> const stored = mapped.store(3000, "z");
    EXPECT_EQ(stored.has_value(), block.size() == page);  // the rest of the page may have no block
    ASSERT_TRUE(mapped.pages().give_back_all());
}

TEST_P(MappedFiles, have_the_time_of_the_store_and_not_of_its_writing)
{
    fs::NodeRef const node = make(pattern(2 * page, 1));
    Mapped mapped{node};
    fs::Timestamp const chosen{1000, 0};
    auto const set_time = [&] { return node.system().change(*node, {.modified = &chosen}); };
    ASSERT_TRUE(set_time() && mapped.store(0, "x"));
    EXPECT_NE(modified(node), 1000);
    ASSERT_TRUE(set_time() && write_at(node, 0, "y"));
    EXPECT_NE(modified(node), 1000);
    ASSERT_TRUE(set_time() && mapped.pages().settle());
    EXPECT_EQ(modified(node), 1000);
    ASSERT_TRUE(mapped.pages().give_back_all());
    EXPECT_EQ(modified(node), 1000);
}

TEST_P(MappedFiles, survive_a_power_failure_as_they_were_settled)
{
    std::string expected = pattern(60 * page, 1);
    {
        fs::NodeRef const node = make(expected);
        Mapped mapped{node};
        ASSERT_TRUE(mapped.store(3 * page, pattern(30 * page, 2)));
        expected.replace(3 * page, 30 * page, pattern(30 * page, 2));
        ASSERT_TRUE(mapped.pages().settle() && mounted->volume().make_durable());
        ASSERT_TRUE(mapped.store(40 * page, pattern(10 * page, 3)));
        ASSERT_TRUE(write_at(node, 60 * page, pattern(2 * page, 4)));
        mounted->disk().lose_power_after(7);
        (void)mapped.pages().settle();
        (void)mounted->sync();
    }
    mounted.reset();
    EXPECT_LE(image.repair(), 1) << image.output();
    std::string const found = image.read("/file");
    EXPECT_EQ(found.substr(0, 40 * page), expected.substr(0, 40 * page));
    EXPECT_EQ(found.substr(50 * page, 10 * page), expected.substr(50 * page, 10 * page));
}

TEST(MappedFilesInMemory, take_the_memory_of_their_pages_once)
{
    TestClock clock;
    TestMemory memory{64};
    auto const files = *tmpfs::Files::create(clock, memory, 8);
    fs::NodeRef const root = *files->root();
    fs::NodeRef const node = *files->make(*root, "file", {0, 0, 0100644});
    ASSERT_TRUE(write_at(node, 0, pattern(16 * page, 1)));
    std::size_t const without = memory.used() - 16;
    std::uint64_t const free = files->space().free_blocks;
    Mapped mapped{node};
    ASSERT_TRUE(mapped.touch(0, 16) && mapped.store(page, "stored"));
    EXPECT_EQ(memory.used(), without);
    EXPECT_EQ(files->space().free_blocks, free);  // their room is theirs
    ASSERT_TRUE(mapped.pages().settle());
    EXPECT_EQ(memory.used(), without);
    std::string expected = pattern(16 * page, 1);
    expected.replace(page, 6, "stored");
    EXPECT_EQ(*read_all(node), expected);
    ASSERT_TRUE(mapped.pages().give_back_all());
    EXPECT_EQ(memory.used(), without + 16);
    EXPECT_EQ(*read_all(node), expected);
}
