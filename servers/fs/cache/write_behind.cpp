// Writing dirty pages out: in the order of Frame's classes, each class sorted by place on the disk.
#include "servers/fs/cache/block_cache.hpp"
#include <algorithm>

namespace fs {

Result<> BlockCache::write_back()
{
    // The listener changes pages; if that itself needs a frame, the inner write_back() skips it.
    if (listener_ != nullptr && !settling_) {
        settling_ = true;
        Result<> const settled = listener_->settle();
        settling_ = false;
        TRY(settled);
    }
    TRY(write_content(Content::data));
    TRY(write_content(Content::metadata));
    return write_content(Content::summary);
}

Result<> BlockCache::sync()
{
    TRY(write_back());
    return source_.flush();
}

Result<> BlockCache::write_now(Page const& page)
{
    FrameIndex const index = page.index();
    return write_run({&index, 1});
}

Result<> BlockCache::write_content(Content content)
{
    if (dirty_count_ == 0)
        return {};

    std::size_t count = 0;
    for (FrameIndex index = 0; index < frame_count_; ++index) {
        if (frames_[index].dirty && frames_[index].content == content)
            order_[count++] = index;
    }
    std::span const sorted{order_.get(), count};
    std::ranges::sort(sorted, {}, [this](FrameIndex index) { return frames_[index].page; });

    for (std::size_t start = 0; start < count;) {
        std::size_t end = start + 1;
        while (end < count && end - start < max_transfer_pages &&
               frames_[sorted[end]].page == frames_[sorted[end - 1]].page + 1)
            ++end;
        TRY(write_run(sorted.subspan(start, end - start)));
        start = end;
    }
    return {};
}

// One transfer. The pages stay dirty if it fails, so a later attempt finds them again.
Result<> BlockCache::write_run(std::span<FrameIndex const> sorted)
{
    TRY(source_.write(frames_[sorted.front()].page, sorted));
    for (FrameIndex const index : sorted) {
        Frame& frame = frames_[index];
        set_dirty(frame, false);
        if (frame.is_leaving && frame.pins == 0)
            remove(index);
    }
    return {};
}

}  // namespace fs
