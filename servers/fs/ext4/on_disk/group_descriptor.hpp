// A block group's descriptor: 32 bytes, or 64 and more with the 64bit feature.
#pragma once
#include <cstddef>
#include <cstdint>

namespace ext4::disk {

struct GroupDescriptor {
    static constexpr std::uint16_t inode_uninitialised = 1;
    static constexpr std::uint16_t block_uninitialised = 2;
    static constexpr std::size_t short_size = 32;

    std::uint32_t block_bitmap_low, inode_bitmap_low, inode_table_low;
    std::uint16_t free_blocks_low, free_inodes_low, used_directories_low, flags;
    std::uint32_t exclude_bitmap_low;
    std::uint16_t block_bitmap_checksum_low, inode_bitmap_checksum_low;
    std::uint16_t unused_inodes_low;  // at the end of the inode table, never used yet
    std::uint16_t checksum;
    std::uint32_t block_bitmap_high, inode_bitmap_high, inode_table_high;
    std::uint16_t free_blocks_high, free_inodes_high, used_directories_high, unused_inodes_high;
    std::uint32_t exclude_bitmap_high;
    std::uint16_t block_bitmap_checksum_high, inode_bitmap_checksum_high;
    std::uint32_t reserved;
};
static_assert(sizeof(GroupDescriptor) == 64);
static_assert(__builtin_offsetof(GroupDescriptor, checksum) == 0x1e);

}  // namespace ext4::disk
