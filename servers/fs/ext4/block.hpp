// Block: one pinned block of the file system, which may be smaller than the page that holds it.
#pragma once
#include "servers/fs/cache/block_cache.hpp"

namespace ext4 {

using BlockNumber = std::uint64_t;   // on the volume
using LogicalBlock = std::uint32_t;  // in a file

class [[nodiscard]] Block {
public:
    Block() = default;
    Block(fs::Page page, std::size_t offset, std::size_t size)
        : page_{std::move(page)}, offset_{offset}, size_{size}
    {
    }

    std::span<std::byte> data() const { return page_.data().subspan(offset_, size_); }
    fs::Page const& page() const { return page_; }
    void mark_dirty(fs::Content content) const { page_.mark_dirty(content); }

    // Whether the checksum of the block was found right since the block was read.
    bool is_verified() const { return page_.is_verified(mask()); }
    void set_verified() const { page_.set_verified(mask()); }

private:
    std::uint8_t mask() const
    {
        return static_cast<std::uint8_t>(((1u << size_ / 1024) - 1) << offset_ / 1024);
    }

    fs::Page page_;
    std::size_t offset_ = 0;
    std::size_t size_ = 0;
};

}  // namespace ext4
