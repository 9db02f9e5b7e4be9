// Free blocks of the volume.
#pragma once
#include "servers/fs/ext4/geometry.hpp"

namespace ext4 {

class Volume;

struct BlockRun {
    BlockNumber first;
    std::uint32_t length;
};

// Takes a run of 1 to `wanted` blocks, as near after `goal` as possible; long runs are preferred to
// near ones. Errors: no_space, corrupt, io_error, no_memory.
Result<BlockRun> allocate_blocks(Volume& volume, BlockNumber goal, std::uint32_t wanted);

// Errors: corrupt (a block is outside, was free already, or belongs to the metadata), io_error.
Result<> free_blocks(Volume& volume, BlockNumber first, std::uint64_t count);

}  // namespace ext4
