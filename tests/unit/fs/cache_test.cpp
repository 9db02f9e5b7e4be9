// The block cache, on a disk that counts.
#include "servers/fs/cache/block_cache.hpp"
#include <gtest/gtest.h>
#include <vector>

namespace {

class CountingDisk final : public fs::BlockSource {
public:
    explicit CountingDisk(std::byte* buffer) : buffer_{buffer} {}
    std::uint64_t page_count() const override { return 1000; }
    bool is_read_only() const override { return false; }
    Result<> read(fs::PageNumber first, std::span<fs::FrameIndex const> frames) override
    {
        reads.push_back({first, frames.size()});
        for (std::size_t i = 0; i < frames.size(); ++i)
            buffer_[frames[i] * fs::page_bytes] = static_cast<std::byte>(first + i);
        return fails ? fail(Status::io_error) : Result<>{};
    }
    Result<> write(fs::PageNumber first, std::span<fs::FrameIndex const> frames) override
    {
        writes.push_back({first, frames.size()});
        return fails ? fail(Status::io_error) : Result<>{};
    }
    Result<> flush() override { return {}; }

    using Transfer = std::pair<fs::PageNumber, std::size_t>;
    std::vector<Transfer> reads, writes;
    bool fails = false;

private:
    std::byte* buffer_;
};

class Cache : public testing::Test {
protected:
    static constexpr std::size_t frames = 128;

    std::vector<std::byte> memory = std::vector<std::byte>(frames * fs::page_bytes);
    CountingDisk disk{memory.data()};
    std::unique_ptr<fs::BlockCache> cache = *fs::BlockCache::create(disk, memory);

    void dirty(fs::PageNumber page, fs::Content content = fs::Content::data)
    {
        Result<fs::Page> pinned = cache->get_zeroed(page);
        ASSERT_TRUE(pinned);
        pinned->mark_dirty(content);
    }
    using Transfers = std::vector<CountingDisk::Transfer>;
};

}  // namespace

TEST_F(Cache, reads_a_page_once)
{
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(cache->get(7)->data()[0], std::byte{7});
    EXPECT_EQ(disk.reads, (Transfers{{7, 1}}));
    EXPECT_EQ(cache->get(1000).error(), Status::out_of_range);
}

TEST_F(Cache, fetches_what_is_absent_in_as_few_transfers_as_possible)
{
    ASSERT_TRUE(cache->get(13));
    ASSERT_TRUE(cache->fetch(10, 8));
    EXPECT_EQ(disk.reads, (Transfers{{13, 1}, {10, 3}, {14, 4}}));
}

TEST_F(Cache, writes_by_class_and_place_with_neighbours_together)
{
    dirty(5, fs::Content::summary);
    dirty(30, fs::Content::metadata);
    for (fs::PageNumber page : {42, 40, 41, 60})
        dirty(page);
    EXPECT_EQ(cache->dirty_count(), 6u);
    ASSERT_TRUE(cache->write_back());
    EXPECT_EQ(disk.writes, (Transfers{{40, 3}, {60, 1}, {30, 1}, {5, 1}}));
    EXPECT_EQ(cache->dirty_count(), 0u);
}

TEST_F(Cache, keeps_what_could_not_be_written)
{
    dirty(5);
    disk.fails = true;
    EXPECT_EQ(cache->write_back().error(), Status::io_error);
    EXPECT_EQ(cache->dirty_count(), 1u);
    disk.fails = false;
    ASSERT_TRUE(cache->write_back());
    EXPECT_EQ(cache->dirty_count(), 0u);
}

TEST_F(Cache, does_not_hold_a_page_that_could_not_be_read)
{
    disk.fails = true;
    EXPECT_EQ(cache->get(5).error(), Status::io_error);
    EXPECT_FALSE(cache->contains(5));
    disk.fails = false;
    EXPECT_TRUE(cache->get(5));
}

TEST_F(Cache, evicts_clean_pages_and_writes_dirty_ones_only_when_there_is_nothing_else)
{
    for (fs::PageNumber page = 0; page < frames / 2; ++page)
        dirty(page);
    for (fs::PageNumber page = 200; page < 500; ++page)
        ASSERT_TRUE(cache->get(page));
    EXPECT_TRUE(disk.writes.empty());
    for (fs::PageNumber page = 0; page < frames + 10; ++page)
        dirty(page);
    EXPECT_FALSE(disk.writes.empty());
}

TEST_F(Cache, says_when_every_page_is_pinned)
{
    std::vector<fs::Page> pages;
    for (fs::PageNumber page = 0; page < frames; ++page)
        pages.push_back(*cache->get(page));
    EXPECT_EQ(cache->get(frames).error(), Status::no_memory);
    pages.pop_back();
    EXPECT_TRUE(cache->get(frames));
}

TEST_F(Cache, forgets_what_was_discarded)
{
    dirty(5);
    cache->discard(5);
    EXPECT_EQ(cache->dirty_count(), 0u);
    EXPECT_FALSE(cache->contains(5));
}
