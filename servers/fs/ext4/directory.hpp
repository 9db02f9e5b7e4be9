// Directories: finding, listing and changing entries, hashed or not.
#pragma once
#include "servers/fs/ext4/directory_block.hpp"
#include "servers/fs/tree/file_system.hpp"

namespace ext4 {

// An entry together with its block, which stays in the cache as long as this lives.
struct FoundEntry {
    DirectoryBlock block;
    Entry entry;
};

// Errors: not_found, not_a_directory, corrupt, io_error, no_memory.
Result<FoundEntry> find_entry(Volume& volume, Inode& directory, std::string_view name);

// The number of blocks, which all exist: a directory has no holes.
// Errors: not_a_directory, corrupt.
Result<LogicalBlock> directory_blocks(Volume& volume, Inode const& directory);

// Adds an entry; the caller has made sure that there is none of that name.
// Errors: no_space, corrupt, io_error, no_memory.
Result<> add_entry(Volume& volume, Inode& directory, std::string_view name, InodeNumber inode,
                   std::uint8_t kind);

// Errors: corrupt, io_error, no_memory.
Result<> remove_entry(Volume& volume, Inode& directory, FoundEntry const& found);

// Points an existing entry to another inode. It is one change of one block.
void redirect_entry(Volume& volume, Inode& directory, FoundEntry const& found, InodeNumber inode,
                    std::uint8_t kind);

// Appends an empty block and returns its number.
// Errors: no_space, corrupt, io_error, no_memory.
Result<LogicalBlock> append_directory_block(Volume& volume, Inode& directory);

// Writes a block that entries were copied to, and the inode that leads to it, so that both are on
// the disk before the original changes. Errors: io_error, no_memory.
Result<> write_before_original(Volume& volume, Inode& directory, Block const& copy);

// Whether only "." and ".." are left. Errors: corrupt, io_error, no_memory.
Result<bool> is_empty_directory(Volume& volume, Inode& directory);

// Lists entries from `position` (0: the beginning) and returns the position to go on from. Names
// that are added or removed meanwhile may or may not be seen; the others are seen once, unless a
// hashed directory is split meanwhile.
// Errors: not_a_directory, corrupt, io_error, no_memory.
Result<std::uint64_t> list_directory(Volume& volume, Inode& directory, std::uint64_t position,
                                     fs::EntrySink& sink);

// The kind that an entry states for an inode; kind_unknown where entries do not state it.
std::uint8_t entry_kind(Volume& volume, Inode const& inode);

}  // namespace ext4
