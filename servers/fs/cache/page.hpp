// Page: a pinned page of the cache. While one lives, its frame keeps its place and content.
#pragma once
#include "servers/fs/cache/frame.hpp"
#include <utility>

namespace fs {

class BlockCache;

class [[nodiscard]] Page {
public:
    Page() = default;
    Page(BlockCache& cache, FrameIndex index);  // takes over one pin
    Page(Page&& other) noexcept
        : cache_{std::exchange(other.cache_, nullptr)}, index_{other.index_}, data_{other.data_}
    {
    }
    Page& operator=(Page other) noexcept
    {
        std::swap(cache_, other.cache_);
        std::swap(index_, other.index_);
        std::swap(data_, other.data_);
        return *this;
    }
    ~Page();

    std::span<std::byte, page_bytes> data() const
    {
        return std::span<std::byte, page_bytes>{data_, page_bytes};
    }
    FrameIndex index() const { return index_; }

    // Call it after the change: what is dirty may be written at once.
    void mark_dirty(Content content) const;

    // Bits of the kilobytes whose checksum is known to be right.
    bool is_verified(std::uint8_t mask) const;
    void set_verified(std::uint8_t mask) const;

private:
    BlockCache* cache_ = nullptr;
    FrameIndex index_ = Frame::none;
    std::byte* data_ = nullptr;
};

}  // namespace fs
