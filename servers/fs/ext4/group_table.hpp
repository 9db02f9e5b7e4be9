// GroupTable: the descriptors of all block groups, kept decoded in memory.
//
// Changes stay here until settle(), which also computes the checksums of changed bitmaps: one
// computation for all changes between two write-backs.
#pragma once
#include "servers/fs/ext4/block_store.hpp"
#include "servers/fs/ext4/on_disk/group_descriptor.hpp"
#include <memory>

namespace ext4 {

struct Group {
    BlockNumber block_bitmap = 0, inode_bitmap = 0, inode_table = 0;
    std::uint32_t free_blocks = 0, free_inodes = 0, used_directories = 0;
    std::uint32_t unused_inodes = 0;  // at the end of the inode table
    std::uint16_t flags = 0;
    bool is_changed = false;  // and so the descriptor has to be written
    bool block_bitmap_changed = false, inode_bitmap_changed = false;

    bool has_no_block_bitmap() const
    {
        return (flags & disk::GroupDescriptor::block_uninitialised) != 0;
    }
    bool has_no_inode_bitmap() const
    {
        return (flags & disk::GroupDescriptor::inode_uninitialised) != 0;
    }
};

class GroupTable {
public:
    GroupTable(BlockStore& blocks, Geometry const& geometry) : blocks_{blocks}, geometry_{geometry}
    {
    }

    // Errors: corrupt (a descriptor points outside or has a wrong checksum), no_memory, io_error.
    Result<> load();

    Group& operator[](GroupNumber group) { return groups_[group]; }
    std::uint32_t count() const { return geometry_.group_count; }
    std::uint32_t inode_table_blocks() const;

    // The bitmap's block, checked; made if the group never had one.
    // Errors: corrupt, io_error, no_memory.
    Result<Block> block_bitmap(GroupNumber group);
    Result<Block> inode_bitmap(GroupNumber group);

    // Whether the range touches a bitmap or inode table of the group: such blocks are never free.
    bool overlaps_metadata(GroupNumber group, BlockNumber first, std::uint64_t count) const;

    // Puts what has changed into pages.
    Result<> settle();

private:
    Result<> load_group(GroupNumber group, disk::GroupDescriptor const& descriptor);
    Result<> settle_group(GroupNumber group);
    Result<> check_bitmap(Block const& bitmap, GroupNumber group, bool of_inodes);
    Result<std::uint32_t> stored_bitmap_checksum(GroupNumber group, bool of_inodes);
    bool has_wide_descriptors() const
    {
        return geometry_.descriptor_size >= sizeof(disk::GroupDescriptor);
    }
    Result<> make_block_bitmap(GroupNumber group, Block& bitmap);
    void make_inode_bitmap(Block& bitmap);
    Result<Block> descriptor_block(GroupNumber group, std::size_t& offset);
    std::uint32_t bitmap_checksum(Block const& bitmap, bool of_inodes) const;
    std::uint16_t descriptor_checksum(GroupNumber group, std::span<std::byte const> bytes) const;

    BlockStore& blocks_;
    Geometry const& geometry_;
    std::unique_ptr<Group[]> groups_;
};

}  // namespace ext4
