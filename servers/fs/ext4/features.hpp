// Feature flags of the superblock: which ones this code understands, and names for the others.
#pragma once
#include "servers/fs/ext4/on_disk/superblock.hpp"

namespace ext4 {

namespace compatible {
inline constexpr std::uint32_t directory_index = 0x20;
inline constexpr std::uint32_t sparse_super2 = 0x200;
}  // namespace compatible

namespace incompatible {
inline constexpr std::uint32_t file_type = 0x2;
inline constexpr std::uint32_t needs_recovery = 0x4;
inline constexpr std::uint32_t meta_groups = 0x10;
inline constexpr std::uint32_t extents = 0x40;
inline constexpr std::uint32_t wide = 0x80;  // 64bit
inline constexpr std::uint32_t flexible_groups = 0x200;
inline constexpr std::uint32_t checksum_seed = 0x2000;
inline constexpr std::uint32_t understood =
    file_type | needs_recovery | meta_groups | extents | wide | flexible_groups | checksum_seed;
}  // namespace incompatible

namespace read_only_compatible {
inline constexpr std::uint32_t sparse_super = 0x1;
inline constexpr std::uint32_t large_file = 0x2;
inline constexpr std::uint32_t huge_file = 0x8;
inline constexpr std::uint32_t descriptor_checksum = 0x10;  // uninit_bg
inline constexpr std::uint32_t many_links = 0x20;           // dir_nlink
inline constexpr std::uint32_t extra_inode_size = 0x40;
inline constexpr std::uint32_t clusters = 0x200;  // bigalloc: its bitmaps count otherwise
inline constexpr std::uint32_t metadata_checksum = 0x400;
inline constexpr std::uint32_t understood = sparse_super | large_file | huge_file |
                                            descriptor_checksum | many_links | extra_inode_size |
                                            metadata_checksum;
}  // namespace read_only_compatible

// A sentence that names the first feature which forbids mounting; nullptr if none does.
char const* refusal_of(disk::Superblock const& super);

// A sentence that names the first feature which forbids writing; nullptr if none does.
char const* read_only_reason_of(disk::Superblock const& super);

}  // namespace ext4
