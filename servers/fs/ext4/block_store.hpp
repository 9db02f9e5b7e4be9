// BlockStore: the volume as blocks of the file system's own size, on top of the page cache.
#pragma once
#include "servers/fs/ext4/geometry.hpp"

namespace ext4 {

class BlockStore {
public:
    BlockStore(fs::BlockCache& cache, Geometry const& geometry)
        : cache_{cache}, geometry_{geometry},
          blocks_per_page_shift_{page_shift - geometry.block_shift}
    {
    }

    fs::BlockCache& cache() { return cache_; }

    // Errors of all: corrupt (outside the volume), io_error, no_memory.
    Result<Block> get(BlockNumber number);

    // The block filled with zeros; read first only if it shares its page with others.
    Result<Block> get_zeroed(BlockNumber number);

    // Nobody needs these blocks' content any more.
    void discard(BlockNumber first, std::uint64_t count);

    // These blocks' content is kept elsewhere. A page goes with the last of its blocks.
    void let_go(BlockNumber first, std::uint64_t count);

    fs::PageNumber page_of(BlockNumber number) const { return number >> blocks_per_page_shift_; }

private:
    static constexpr std::uint32_t page_shift = 12;

    Block part_of(fs::Page page, BlockNumber number) const;

    fs::BlockCache& cache_;
    Geometry const& geometry_;
    std::uint32_t blocks_per_page_shift_;
};

}  // namespace ext4
