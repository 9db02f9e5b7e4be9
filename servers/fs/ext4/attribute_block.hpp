// Extended attributes that do not fit into the inode lie in a block, which inodes may share. They
// are not offered, but have to be given back with the inode.
#pragma once
#include "servers/fs/ext4/inode.hpp"

namespace ext4 {

class Volume;

// Errors: corrupt, io_error, no_memory.
Result<> release_attribute_block(Volume& volume, Inode& inode);

}  // namespace ext4
