// Geometry: the numbers of a volume that never change while it is mounted, checked once.
#pragma once
#include "lib/base/result.hpp"
#include "servers/fs/ext4/block.hpp"
#include "servers/fs/ext4/features.hpp"

namespace ext4 {

using GroupNumber = std::uint32_t;
using InodeNumber = std::uint32_t;

struct Geometry {
    std::uint32_t block_size, block_shift;  // 1 KiB to 4 KiB
    std::uint64_t block_count;
    std::uint32_t first_data_block;
    std::uint32_t blocks_per_group, inodes_per_group, group_count, inode_count;
    std::uint32_t inode_size, descriptor_size, first_free_inode;
    std::uint32_t reserved_descriptor_blocks, first_meta_group;
    std::uint32_t backup_groups[2];
    std::uint32_t compatible, incompatible, read_only_compatible;
    std::uint32_t checksum_seed;
    std::uint8_t uuid[16];

    // Errors: corrupt (numbers contradict each other), not_supported (blocks larger than a page).
    static Result<Geometry> from(disk::Superblock const& super, std::uint64_t device_bytes);

    bool has_checksums() const
    {
        return (read_only_compatible & read_only_compatible::metadata_checksum) != 0;
    }
    bool has_descriptor_checksums() const
    {
        return (read_only_compatible & (read_only_compatible::metadata_checksum |
                                        read_only_compatible::descriptor_checksum)) != 0;
    }
    bool has_hashed_directories() const { return (compatible & compatible::directory_index) != 0; }

    BlockNumber first_block_of(GroupNumber group) const
    {
        return first_data_block + std::uint64_t{group} * blocks_per_group;
    }
    std::uint32_t blocks_in(GroupNumber group) const;
    GroupNumber group_of(BlockNumber block) const
    {
        return static_cast<GroupNumber>((block - first_data_block) / blocks_per_group);
    }
    GroupNumber group_of_inode(InodeNumber inode) const { return (inode - 1) / inodes_per_group; }

    // Blocks that may hold anything of a file: inside the volume and after the superblock.
    bool contains(BlockNumber first, std::uint64_t count) const
    {
        return first > first_data_block && count <= block_count && first <= block_count - count;
    }
    std::uint64_t blocks_for(std::uint64_t bytes) const
    {
        return (bytes >> block_shift) + ((bytes & (block_size - 1)) != 0 ? 1 : 0);
    }

    // Copies of the superblock and the descriptors lie at the start of some groups.
    bool has_superblock(GroupNumber group) const;
    std::uint32_t descriptors_per_block() const { return block_size / descriptor_size; }
    std::uint32_t descriptor_blocks() const;
    BlockNumber descriptor_block(GroupNumber group) const;
    std::uint32_t own_metadata_blocks(GroupNumber group) const;
};

}  // namespace ext4
