// Free blocks of the volume.
#pragma once
#include "servers/fs/ext4/geometry.hpp"

namespace ext4 {

class Volume;

struct BlockRun {
    BlockNumber first;
    std::uint32_t length;
};

// Where blocks go if those at the goal are taken: into the first gap that is large enough, or to a
// place where what follows has room, too.
enum class Fit { tight, roomy };

// Takes a run of 1 to `wanted` blocks, at or after `goal` if possible.
// Errors: no_space, corrupt, io_error, no_memory.
Result<BlockRun> allocate_blocks(Volume& volume, BlockNumber goal, std::uint32_t wanted,
                                 Fit fit = Fit::tight);

// Errors: corrupt (a block is outside, was free already, or belongs to the metadata), io_error.
Result<> free_blocks(Volume& volume, BlockNumber first, std::uint64_t count);

}  // namespace ext4
