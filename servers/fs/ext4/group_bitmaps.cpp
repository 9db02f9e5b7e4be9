// The groups' bitmaps: checked when first used, made for groups that were never written.
#include "servers/fs/ext4/bitmap.hpp"
#include "servers/fs/ext4/checksum.hpp"
#include "servers/fs/ext4/group_table.hpp"
#include "servers/fs/ext4/on_disk/overlay.hpp"
#include <algorithm>

namespace ext4 {

Result<Block> GroupTable::block_bitmap(GroupNumber number)
{
    Group& group = groups_[number];
    if (!group.has_no_block_bitmap()) {
        Block bitmap = TRY(blocks_.get(group.block_bitmap));
        TRY(check_bitmap(bitmap, number, false));
        return bitmap;
    }

    Block bitmap = TRY(blocks_.get_zeroed(group.block_bitmap));
    TRY(make_block_bitmap(number, bitmap));
    bitmap.set_verified();
    bitmap.mark_dirty(fs::Content::metadata);
    group.flags =
        static_cast<std::uint16_t>(group.flags & ~disk::GroupDescriptor::block_uninitialised);
    group.is_changed = group.block_bitmap_changed = true;
    return bitmap;
}

// Nothing but metadata is in use in a group without a bitmap. With flex_bg that metadata may be
// any group's.
Result<> GroupTable::make_block_bitmap(GroupNumber number, Block& bitmap)
{
    BlockNumber const start = geometry_.first_block_of(number);
    std::uint32_t const length = geometry_.blocks_in(number);
    std::uint32_t const own = geometry_.own_metadata_blocks(number);
    if (own > length)
        return fail(Status::corrupt);

    auto const take = [&](BlockNumber first, std::uint64_t count) {
        BlockNumber const from = std::max(first, start);
        BlockNumber const to = std::min(first + count, start + length);
        if (from < to)
            set_bits(bitmap.data(), static_cast<std::uint32_t>(from - start),
                     static_cast<std::uint32_t>(to - from));
    };
    take(start, own);
    for (GroupNumber other = 0; other < geometry_.group_count; ++other) {
        take(groups_[other].block_bitmap, 1);
        take(groups_[other].inode_bitmap, 1);
        take(groups_[other].inode_table, inode_table_blocks());
    }
    set_bits(bitmap.data(), length, geometry_.block_size * 8 - length);
    return {};
}

Result<Block> GroupTable::inode_bitmap(GroupNumber number)
{
    Group& group = groups_[number];
    if (!group.has_no_inode_bitmap()) {
        Block bitmap = TRY(blocks_.get(group.inode_bitmap));
        TRY(check_bitmap(bitmap, number, true));
        return bitmap;
    }

    Block bitmap = TRY(blocks_.get_zeroed(group.inode_bitmap));
    make_inode_bitmap(bitmap);
    bitmap.set_verified();
    bitmap.mark_dirty(fs::Content::metadata);
    group.flags =
        static_cast<std::uint16_t>(group.flags & ~disk::GroupDescriptor::inode_uninitialised);
    group.unused_inodes = geometry_.inodes_per_group;
    group.is_changed = group.inode_bitmap_changed = true;
    return bitmap;
}

void GroupTable::make_inode_bitmap(Block& bitmap)
{
    std::uint32_t const used = geometry_.inodes_per_group;
    set_bits(bitmap.data(), used, geometry_.block_size * 8 - used);
}

// Once a bitmap has passed, it is this program that changes it.
Result<> GroupTable::check_bitmap(Block const& bitmap, GroupNumber number, bool of_inodes)
{
    Group const& group = groups_[number];
    bool const was_changed = of_inodes ? group.inode_bitmap_changed : group.block_bitmap_changed;
    if (bitmap.is_verified())
        return {};
    if (geometry_.has_checksums() && !was_changed) {
        std::uint32_t const stored = TRY(stored_bitmap_checksum(number, of_inodes));
        std::uint32_t const actual = bitmap_checksum(bitmap, of_inodes);
        if (stored != (has_wide_descriptors() ? actual : actual & 0xffff))
            return fail(Status::corrupt);
    }
    bitmap.set_verified();
    return {};
}

// The upper half is in the part of the descriptor that short ones do not have.
Result<std::uint32_t> GroupTable::stored_bitmap_checksum(GroupNumber number, bool of_inodes)
{
    std::size_t offset = 0;
    Block const block = TRY(descriptor_block(number, offset));
    auto const bytes = block.data().subspan(offset, geometry_.descriptor_size);
    disk::GroupDescriptor descriptor{};
    __builtin_memcpy(&descriptor, bytes.data(), std::min(bytes.size(), sizeof descriptor));
    if (of_inodes)
        return std::uint32_t{descriptor.inode_bitmap_checksum_high} << 16 |
               descriptor.inode_bitmap_checksum_low;
    return std::uint32_t{descriptor.block_bitmap_checksum_high} << 16 |
           descriptor.block_bitmap_checksum_low;
}

std::uint32_t GroupTable::bitmap_checksum(Block const& bitmap, bool of_inodes) const
{
    std::uint32_t const bits = of_inodes ? geometry_.inodes_per_group : geometry_.blocks_per_group;
    return crc32c(geometry_.checksum_seed, bitmap.data().first(bits / 8));
}

}  // namespace ext4
