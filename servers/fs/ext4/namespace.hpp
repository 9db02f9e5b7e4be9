// What changes names: making, removing and renaming files and directories.
#pragma once
#include "servers/fs/ext4/inode_table.hpp"
#include <string_view>

namespace ext4 {

// A name in a directory, whether or not anything is there.
struct Place {
    Inode& directory;
    std::string_view name;
};

// All of them: Errors: read_only, not_found, no_space, name_too_long, corrupt, io_error, no_memory;
// bad_argument (the name is ".", "..", or holds a zero byte).

// Errors: also already_exists.
// A file, or a fifo or socket, which has no content.
Result<InodeRef> make_file(Volume& volume, Place const& place, fs::Ownership const& ownership);
Result<InodeRef> make_directory(Volume& volume, Place const& place, fs::Ownership const& ownership);
Result<InodeRef> make_symbolic_link(Volume& volume, Place const& place, std::string_view target,
                                    fs::Ownership const& ownership);

// Errors: also already_exists, too_many_links.
Result<> link_file(Volume& volume, Place const& place, Inode& inode);

// What a symbolic link says, in `buffer`. Errors: corrupt, name_too_long, io_error, no_memory.
Result<std::string_view> read_link(Volume& volume, Inode& link, std::span<char> buffer);

// A file that is open keeps its content until it is closed. Errors: also is_directory.
Result<> remove_file(Volume& volume, Place const& place);

// Errors: also not_a_directory, not_empty.
Result<> remove_directory(Volume& volume, Place const& place);

// What is at `to` is replaced in one step: a file by a file, an empty directory by a directory.
// The caller has made sure that no directory comes to lie in itself.
// Errors: also is_directory, not_a_directory, not_empty.
Result<> rename(Volume& volume, Place const& from, Place const& to);

// Errors: bad_argument, name_too_long.
Result<> check_name(std::string_view name);

inline constexpr std::uint16_t most_links = 65000;

// Links of a directory: beyond 65000 they are not counted (dir_nlink), which 1 stands for.
// Errors of the first: no_space (the volume has to count, and cannot).
Result<> check_can_add_link(Volume& volume, Inode const& directory);
void add_link(Inode& directory);
void drop_link(Inode& inode);

// An entry of `directory` for the inode is gone: counts it, and frees what has no name any more.
// The caller holds one reference to the inode.
Result<> drop_name(Volume& volume, Inode& directory, Inode& inode);

}  // namespace ext4
