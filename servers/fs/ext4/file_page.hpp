// Pages of files that are kept elsewhere while processes have them mapped: the cache of blocks is
// only the way by which they come and go.
#pragma once
#include "servers/fs/ext4/inode.hpp"
#include "servers/fs/tree/file_system.hpp"

namespace ext4 {

class Volume;

// The cache keeps none of the page's blocks, but for those that share a page of the disk with
// blocks behind them.
void let_go_of_page(Volume& volume, Inode& inode, std::uint64_t number);

// Errors: no_space (it has not been reserved), corrupt, io_error, no_memory, read_only.
Result<> store_page(Volume& volume, Inode& inode, std::uint64_t number, fs::PageContent page);

// The cache gets a page that is as the disk has it, if it lies there as one block.
void return_page(Volume& volume, Inode& inode, std::uint64_t number, fs::PageContent page);

// Each byte of the part, which lies below the end of the file, has a block: one that is new reads
// as zeros. The file has been changed now. Errors: no_space, read_only, corrupt, io_error,
// no_memory, not_supported (it has a block map).
Result<> reserve_blocks(Volume& volume, Inode& inode, std::uint64_t offset, std::uint64_t length);

}  // namespace ext4
