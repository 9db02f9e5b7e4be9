// Frame: what the cache knows about one 4 KiB piece of its buffer.
#pragma once
#include "servers/fs/cache/block_source.hpp"

namespace fs {

// Write-back goes through these in order, so that after a crash metadata rarely names data that
// was never written, and the summaries (descriptors, superblock) are the last to claim anything.
enum class Content : std::uint8_t { data, metadata, summary };

struct Frame {
    static constexpr FrameIndex none = ~FrameIndex{0};

    PageNumber page{};
    FrameIndex next = none;  // in the chain of its hash bucket
    std::uint16_t pins = 0;
    bool holds_page : 1 = false;  // in the hash, content valid
    bool dirty : 1 = false;
    bool used_lately : 1 = false;  // second chance of the eviction clock
    bool is_leaving : 1 = false;   // dirty, and to be let go of when it has been written
    Content content : 2 = Content::data;
    std::uint8_t verified =
        0;  // one bit for each 1 KiB whose checksum was compared since it was read
};
static_assert(sizeof(Frame) == 16);

}  // namespace fs
