// BlockCache: pages of one volume in one contiguous buffer, found by page number.
//
// Everything is written behind: a changed page stays until write_back(), sync(), or until the clock
// that looks for a page to evict finds only dirty ones. One thread uses a cache at a time.
#pragma once
#include "servers/fs/cache/page.hpp"
#include <memory>

namespace fs {

// Whoever keeps derived data in memory (free counts, checksums) puts it into pages when told so.
class WriteBackListener {
public:
    virtual Result<> settle() = 0;

protected:
    ~WriteBackListener() = default;
};

class BlockCache {
public:
    // `buffer` is page-aligned, at least 16 pages, and outlives the cache, as does `source`.
    // Errors: bad_argument, no_memory.
    static Result<std::unique_ptr<BlockCache>> create(BlockSource& source,
                                                      std::span<std::byte> buffer);
    ~BlockCache();

    void set_listener(WriteBackListener* listener) { listener_ = listener; }

    std::uint64_t page_count() const { return source_.page_count(); }
    bool is_read_only() const { return source_.is_read_only(); }
    std::uint32_t dirty_count() const { return dirty_count_; }
    std::uint32_t frame_count() const { return frame_count_; }
    std::uint32_t held_count() const { return held_count_; }  // frames that hold a page
    bool contains(PageNumber page) const { return find(page) != Frame::none; }

    // True when so much is dirty that the next pause should be used to write it out.
    bool wants_write_back() const { return dirty_count_ > frame_count_ / 4; }

    // The page's content, read if it is not here.
    // Errors: out_of_range, io_error, no_memory (every frame is pinned).
    Result<Page> get(PageNumber page);

    // The page filled with zeros, without reading: for pages whose content does not matter.
    Result<Page> get_zeroed(PageNumber page);

    // Brings in what is absent of `count` pages, in as few transfers as possible.
    Result<> fetch(PageNumber first, std::size_t count);

    // Drops the page, written or not: nobody will read what it holds.
    void discard(PageNumber page);

    // Nobody will look for the page here: a clean one goes at once, a dirty one when it is written,
    // unless it is changed again before.
    void let_go(PageNumber page);

    // Writes this page before anything that is changed later.
    Result<> write_now(Page const& page);

    // Writes everything dirty: sorted, neighbours together, by class of content.
    Result<> write_back();

    // The same, and waits until the disk has made it durable.
    Result<> sync();
    Result<> flush_device() { return source_.flush(); }

private:
    friend class Page;

    BlockCache(BlockSource& source, std::span<std::byte> buffer);

    FrameIndex find(PageNumber page) const;
    void insert(FrameIndex index, PageNumber page);
    void remove(FrameIndex index);
    Page pin(FrameIndex index);
    FrameIndex sweep();
    Result<FrameIndex> take_frame();
    Result<> fill(PageNumber first, std::size_t count);
    Result<> read_into(PageNumber first, std::span<FrameIndex const> frames);
    Result<> write_content(Content content);
    Result<> write_run(std::span<FrameIndex const> sorted);
    void set_dirty(Frame& frame, bool dirty);
    FrameIndex& bucket(PageNumber page) const { return buckets_[page & bucket_mask_]; }

    BlockSource& source_;
    std::span<std::byte> buffer_;
    std::uint32_t frame_count_;
    std::uint64_t bucket_mask_;
    std::unique_ptr<Frame[]> frames_;
    std::unique_ptr<FrameIndex[]> buckets_;
    std::unique_ptr<FrameIndex[]> order_;  // scratch of write_content
    WriteBackListener* listener_ = nullptr;
    std::uint32_t dirty_count_ = 0;
    std::uint32_t held_count_ = 0;
    FrameIndex clock_hand_ = 0;
    bool settling_ = false;
};

inline Page::Page(BlockCache& cache, FrameIndex index)
    : cache_{&cache}, index_{index}, data_{cache.buffer_.data() + std::size_t{index} * page_bytes}
{
}

inline Page::~Page()
{
    if (cache_ != nullptr)
        --cache_->frames_[index_].pins;
}

inline void Page::mark_dirty(Content content) const
{
    Frame& frame = cache_->frames_[index_];
    frame.content = content;
    frame.is_leaving = false;
    cache_->set_dirty(frame, true);
}

inline bool Page::is_verified(std::uint8_t mask) const
{
    return (cache_->frames_[index_].verified & mask) == mask;
}

inline void Page::set_verified(std::uint8_t mask) const
{
    Frame& frame = cache_->frames_[index_];
    frame.verified = static_cast<std::uint8_t>(frame.verified | mask);
}

}  // namespace fs
