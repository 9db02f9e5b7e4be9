// Where a file's blocks lie: the one question that readers ask, whatever kind of map the inode has.
#pragma once
#include "servers/fs/ext4/inode.hpp"

namespace ext4 {

class Volume;

// The longest run known that starts at `logical`; at least one block.
// Errors: corrupt, io_error, no_memory.
Result<Mapping> find_mapping(Volume& volume, Inode& inode, LogicalBlock logical);

// The two kinds of map.
Result<Mapping> find_in_extents(Volume& volume, Inode& inode, LogicalBlock logical);
Result<Mapping> find_in_block_map(Volume& volume, Inode& inode, LogicalBlock logical);

// Gives every block of a block map back, and those of the map itself.
// Errors: corrupt, io_error, no_memory.
Result<> free_block_map(Volume& volume, Inode& inode);

}  // namespace ext4
