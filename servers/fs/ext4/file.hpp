// The content of a file: reading, writing, truncating.
#pragma once
#include "servers/fs/ext4/inode.hpp"
#include "servers/fs/tree/transfer.hpp"

namespace ext4 {

class Volume;

using fs::ReadTarget;
using fs::WriteSource;

// Returns how much there was, up to `length`: less only at the end of the file.
// Errors: corrupt, io_error, no_memory, and the target's.
Result<std::size_t> read_file(Volume& volume, Inode& inode, std::uint64_t offset,
                              std::size_t length, ReadTarget& target);

// Returns how much was written: less than `length` if something failed after a part.
// Errors: read_only, no_space, too_large, corrupt, io_error, no_memory, not_supported (the file
// has a block map), and the source's.
Result<std::size_t> write_file(Volume& volume, Inode& inode, std::uint64_t offset,
                               std::size_t length, WriteSource& source);

// The same for a volume and a file that are known to be changeable, and the file's times stay. What
// lies between the end and `offset` is not looked at.
Result<std::size_t> write_part(Volume& volume, Inode& inode, std::uint64_t offset,
                               std::size_t length, WriteSource& source);

// Sets the size; what is cut off is freed, what is added reads as zeros.
// Errors: as write_file.
Result<> truncate_file(Volume& volume, Inode& inode, std::uint64_t size);

std::uint64_t largest_file_size(Geometry const& geometry);

// Makes the rest of the last block read as zeros when the file grows over it.
// Errors: corrupt, io_error, no_memory.
Result<> clear_after_end(Volume& volume, Inode& inode);

}  // namespace ext4
