// Changing extent trees. After each function the inode has to be stored.
#pragma once
#include "servers/fs/ext4/inode.hpp"

namespace ext4 {

class Volume;

// Adds a run where there is a hole. Its blocks are the caller's until this succeeds; they are
// counted here. Errors: no_space (for a node), corrupt, io_error, no_memory.
Result<> insert_extent(Volume& volume, Inode& inode, Mapping const& run);

// `run` is a part of an unwritten extent; it becomes written.
// Errors: no_space (for a node), corrupt, io_error, no_memory.
Result<> mark_written(Volume& volume, Inode& inode, Mapping const& run);

// Frees every block from `first` on. Errors: corrupt, io_error, no_memory.
Result<> remove_extents_from(Volume& volume, Inode& inode, LogicalBlock first);

}  // namespace ext4
