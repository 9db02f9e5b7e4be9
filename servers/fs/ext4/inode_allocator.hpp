// Inode numbers: taking and giving back.
#pragma once
#include "servers/fs/ext4/inode_table.hpp"

namespace ext4 {

// A new inode with one link, an empty content and the current time, near `parent`. It is stored.
// Errors: no_space (no inode is free), read_only, corrupt, io_error, no_memory.
Result<InodeRef> create_inode(Volume& volume, Inode const& parent, fs::Ownership const& ownership);

// Errors: corrupt (it was free), io_error, no_memory.
Result<> free_inode_number(Volume& volume, InodeNumber number, bool is_directory);

}  // namespace ext4
