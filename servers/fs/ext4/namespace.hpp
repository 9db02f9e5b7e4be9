// What changes names: making, removing and renaming files and directories.
#pragma once
#include "servers/fs/ext4/path.hpp"

namespace ext4 {

// All of them: Errors: read_only, not_found, no_space, name_too_long, corrupt, io_error, no_memory;
// bad_argument (the name is ".", "..", or holds a zero byte).

// Errors: also already_exists.
Result<InodeRef> make_file(Volume& volume, Place const& place, std::uint16_t permissions);
Result<InodeRef> make_directory(Volume& volume, Place const& place, std::uint16_t permissions);
Result<InodeRef> make_symbolic_link(Volume& volume, Place const& place, std::string_view target);

// A file that is open keeps its content until it is closed. Errors: also is_directory.
Result<> remove_file(Volume& volume, Place const& place);

// Errors: also not_a_directory, not_empty, busy (it is the directory that the path started from).
Result<> remove_directory(Volume& volume, Place const& place);

// What is at `to` is replaced in one step: a file by a file, an empty directory by a directory.
// Errors: also is_directory, not_a_directory, not_empty, bad_argument (into itself).
Result<> rename(Volume& volume, Place const& from, Place const& to);

// Errors: bad_argument, name_too_long.
Result<> check_name(std::string_view name);

// Links of a directory: beyond 65000 they are not counted (dir_nlink), which 1 stands for.
// Errors of the first: no_space (the volume has to count, and cannot).
Result<> check_can_add_link(Volume& volume, Inode const& directory);
void add_link(Inode& directory);
void drop_link(Inode& inode);

// An entry of `directory` for the inode is gone: counts it, and frees what has no name any more.
// The caller holds one reference to the inode.
Result<> drop_name(Volume& volume, Inode& directory, Inode& inode);

}  // namespace ext4
