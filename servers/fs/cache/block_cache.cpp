// The cache's lookup, filling and eviction. Writing out is in write_behind.cpp.
#include "servers/fs/cache/block_cache.hpp"
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <new>

namespace fs {

BlockCache::BlockCache(BlockSource& source, std::span<std::byte> buffer)
    : source_{source}, buffer_{buffer},
      frame_count_{static_cast<std::uint32_t>(buffer.size() / page_bytes)},
      bucket_mask_{std::bit_ceil(std::uint64_t{frame_count_}) - 1},
      frames_{new(std::nothrow) Frame[frame_count_]},
      buckets_{new(std::nothrow) FrameIndex[bucket_mask_ + 1]},
      order_{new(std::nothrow) FrameIndex[frame_count_]}
{
}

BlockCache::~BlockCache() = default;

Result<std::unique_ptr<BlockCache>> BlockCache::create(BlockSource& source,
                                                       std::span<std::byte> buffer)
{
    constexpr std::size_t least_pages = 16;
    if (buffer.size() < least_pages * page_bytes || buffer.size() / page_bytes >= Frame::none)
        return fail(Status::bad_argument);

    std::unique_ptr<BlockCache> cache{new (std::nothrow) BlockCache{source, buffer}};
    if (!cache || !cache->frames_ || !cache->buckets_ || !cache->order_)
        return fail(Status::no_memory);
    std::fill_n(cache->buckets_.get(), cache->bucket_mask_ + 1, Frame::none);
    return cache;
}

FrameIndex BlockCache::find(PageNumber page) const
{
    FrameIndex index = bucket(page);
    while (index != Frame::none && frames_[index].page != page)
        index = frames_[index].next;
    return index;
}

void BlockCache::insert(FrameIndex index, PageNumber page)
{
    Frame& frame = frames_[index];
    frame.page = page;
    frame.holds_page = true;
    frame.used_lately = true;
    frame.is_leaving = false;
    frame.verified = 0;
    frame.next = bucket(page);
    bucket(page) = index;
    ++held_count_;
}

void BlockCache::remove(FrameIndex index)
{
    FrameIndex* link = &bucket(frames_[index].page);
    while (*link != index)
        link = &frames_[*link].next;
    *link = frames_[index].next;

    Frame& frame = frames_[index];
    set_dirty(frame, false);
    frame.next = Frame::none;
    frame.holds_page = false;
    --held_count_;
}

void BlockCache::set_dirty(Frame& frame, bool dirty)
{
    if (frame.dirty == dirty)
        return;
    frame.dirty = dirty;
    dirty_count_ += dirty ? 1u : ~0u;
}

Page BlockCache::pin(FrameIndex index)
{
    Frame& frame = frames_[index];
    ++frame.pins;
    frame.used_lately = true;
    return Page{*this, index};
}

Result<Page> BlockCache::get(PageNumber page)
{
    FrameIndex index = find(page);
    if (index == Frame::none) [[unlikely]] {
        TRY(fill(page, 1));
        index = find(page);
    }
    return pin(index);
}

Result<Page> BlockCache::get_zeroed(PageNumber page)
{
    if (page >= page_count())
        return fail(Status::out_of_range);
    FrameIndex index = find(page);
    if (index == Frame::none) {
        index = TRY(take_frame());
        insert(index, page);
    }
    Page pinned = pin(index);
    std::memset(pinned.data().data(), 0, page_bytes);
    frames_[index].verified = 0;
    return pinned;
}

Result<> BlockCache::fetch(PageNumber first, std::size_t count)
{
    std::uint64_t const most = std::min<std::uint64_t>(max_transfer_pages, frame_count_ / 4);
    PageNumber const end = std::min<std::uint64_t>(first + count, page_count());
    while (first < end) {
        if (contains(first)) {
            ++first;
            continue;
        }
        PageNumber stop = first + 1;
        while (stop < end && stop - first < most && !contains(stop))
            ++stop;
        TRY(fill(first, static_cast<std::size_t>(stop - first)));
        first = stop;
    }
    return {};
}

void BlockCache::discard(PageNumber page)
{
    FrameIndex const index = find(page);
    if (index == Frame::none)
        return;
    if (frames_[index].pins == 0)
        remove(index);
    else
        set_dirty(frames_[index], false);
}

void BlockCache::let_go(PageNumber page)
{
    FrameIndex const index = find(page);
    if (index == Frame::none)
        return;
    Frame& frame = frames_[index];
    if (frame.dirty)
        frame.is_leaving = true;
    else if (frame.pins == 0)
        remove(index);
}

// Reads `count` absent pages with one transfer.
Result<> BlockCache::fill(PageNumber first, std::size_t count)
{
    if (first >= page_count() || count > page_count() - first)
        return fail(Status::out_of_range);

    std::array<FrameIndex, max_transfer_pages> frames;
    std::size_t taken = 0;
    Status shortage = Status::ok;
    for (; taken < count; ++taken) {
        Result<FrameIndex> frame = take_frame();
        if (!frame) {
            shortage = frame.error();
            break;
        }
        frames[taken] = *frame;
        frames_[*frame].pins = 1;  // so that the next take_frame() does not find it again
    }

    Result<> const done =
        taken == 0 ? to_result(shortage) : read_into(first, std::span{frames}.first(taken));
    for (std::size_t i = 0; i < taken; ++i)
        frames_[frames[i]].pins = 0;
    return done;
}

Result<> BlockCache::read_into(PageNumber first, std::span<FrameIndex const> frames)
{
    TRY(source_.read(first, frames));
    for (std::size_t i = 0; i < frames.size(); ++i)
        insert(frames[i], first + i);
    return {};
}

// A frame that holds nothing. Only when every page is dirty does this have to write.
Result<FrameIndex> BlockCache::take_frame()
{
    FrameIndex index = sweep();
    if (index == Frame::none && dirty_count_ != 0) {
        TRY(write_back());
        index = sweep();
    }
    if (index == Frame::none)
        return fail(Status::no_memory);
    return index;
}

// The clock: passes over what was used since it last came by, and over what is pinned or dirty.
FrameIndex BlockCache::sweep()
{
    for (std::uint64_t steps = 0; steps < std::uint64_t{frame_count_} * 2; ++steps) {
        FrameIndex const index = clock_hand_;
        clock_hand_ = index + 1 == frame_count_ ? 0 : index + 1;

        Frame& frame = frames_[index];
        if (frame.pins != 0 || frame.dirty)
            continue;
        if (!frame.holds_page)
            return index;
        if (frame.used_lately) {
            frame.used_lately = false;
            continue;
        }
        remove(index);
        return index;
    }
    return Frame::none;
}

}  // namespace fs
