// What the cache needs of a disk: whole pages, moved between the disk and frames of one buffer.
//
// On Baton this is the client of interfaces/block.capnp, whose driver does DMA straight into the
// frames; in host tests it is a file.
#pragma once
#include "lib/base/result.hpp"
#include <cstddef>
#include <cstdint>
#include <span>

namespace fs {

inline constexpr std::size_t page_bytes = 4096;
inline constexpr std::size_t max_transfer_pages = 64;

using PageNumber = std::uint64_t;  // which 4 KiB of the volume
using FrameIndex = std::uint32_t;  // which 4 KiB of the buffer

class BlockSource {
public:
    virtual std::uint64_t page_count() const = 0;  // a part of a page at the end does not count
    virtual bool is_read_only() const = 0;

    // One transfer of 1 to max_transfer_pages pages that are neighbours on the disk.
    virtual Result<> read(PageNumber first, std::span<FrameIndex const> frames) = 0;
    virtual Result<> write(PageNumber first, std::span<FrameIndex const> frames) = 0;

    // Returns when every write that has returned is durable.
    virtual Result<> flush() = 0;

protected:
    ~BlockSource() = default;
};

}  // namespace fs
