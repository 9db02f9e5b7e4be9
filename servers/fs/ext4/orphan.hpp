// Orphans: inodes without a name that are still open. The volume lists them, so that e2fsck frees
// them after a crash.
#pragma once
#include "servers/fs/ext4/inode_table.hpp"

namespace ext4 {

// Errors: io_error, no_memory.
Result<> add_orphan(Volume& volume, Inode& inode);

// Frees what the inode holds, its number, and its place in the list of orphans.
// Errors: corrupt, io_error, no_memory.
Result<> delete_inode(Volume& volume, Inode& inode);

// Frees all that are open. Those that use one find it empty.
// Errors: corrupt, io_error, no_memory.
Result<> free_orphans(Volume& volume);

}  // namespace ext4
