// Descriptors between their blocks and memory.
#include "servers/fs/ext4/group_table.hpp"
#include "servers/fs/ext4/checksum.hpp"
#include "servers/fs/ext4/on_disk/overlay.hpp"
#include <algorithm>
#include <new>

namespace ext4 {

namespace {

using Descriptor = disk::GroupDescriptor;

// A descriptor of either size as one of full size.
Descriptor read_descriptor(std::span<std::byte const> bytes)
{
    Descriptor descriptor{};
    __builtin_memcpy(&descriptor, bytes.data(), std::min(bytes.size(), sizeof descriptor));
    return descriptor;
}

void write_descriptor(std::span<std::byte> bytes, Descriptor const& descriptor)
{
    __builtin_memcpy(bytes.data(), &descriptor, std::min(bytes.size(), sizeof descriptor));
}

std::uint32_t joined_counts(std::uint16_t low, std::uint16_t high)
{
    return std::uint32_t{high} << 16 | low;
}

void split_count(std::uint32_t value, std::uint16_t& low, std::uint16_t& high)
{
    low = static_cast<std::uint16_t>(value);
    high = static_cast<std::uint16_t>(value >> 16);
}

Group decoded(Descriptor const& from, bool has_flags)
{
    Group group;
    group.block_bitmap = joined(from.block_bitmap_low, from.block_bitmap_high);
    group.inode_bitmap = joined(from.inode_bitmap_low, from.inode_bitmap_high);
    group.inode_table = joined(from.inode_table_low, from.inode_table_high);
    group.free_blocks = joined_counts(from.free_blocks_low, from.free_blocks_high);
    group.free_inodes = joined_counts(from.free_inodes_low, from.free_inodes_high);
    group.used_directories = joined_counts(from.used_directories_low, from.used_directories_high);
    if (has_flags) {
        group.unused_inodes = joined_counts(from.unused_inodes_low, from.unused_inodes_high);
        group.flags = from.flags;
    }
    return group;
}

void encode(Group const& group, Descriptor& into, bool has_flags)
{
    split_count(group.free_blocks, into.free_blocks_low, into.free_blocks_high);
    split_count(group.free_inodes, into.free_inodes_low, into.free_inodes_high);
    split_count(group.used_directories, into.used_directories_low, into.used_directories_high);
    if (has_flags) {
        split_count(group.unused_inodes, into.unused_inodes_low, into.unused_inodes_high);
        into.flags = group.flags;
    }
}

}  // namespace

Result<> GroupTable::load()
{
    groups_.reset(new (std::nothrow) Group[geometry_.group_count]);
    if (!groups_)
        return fail(Status::no_memory);

    for (GroupNumber group = 0; group < geometry_.group_count; ++group) {
        std::size_t offset = 0;
        Block const block = TRY(descriptor_block(group, offset));
        auto const bytes = block.data().subspan(offset, geometry_.descriptor_size);
        Descriptor const descriptor = read_descriptor(bytes);
        if (geometry_.has_descriptor_checksums() &&
            descriptor.checksum != descriptor_checksum(group, bytes))
            return fail(Status::corrupt);
        TRY(load_group(group, descriptor));
    }
    return {};
}

Result<> GroupTable::load_group(GroupNumber number, Descriptor const& descriptor)
{
    Group const group = decoded(descriptor, geometry_.has_descriptor_checksums());
    bool const is_sound = geometry_.contains(group.block_bitmap, 1) &&
                          geometry_.contains(group.inode_bitmap, 1) &&
                          geometry_.contains(group.inode_table, inode_table_blocks()) &&
                          group.free_blocks <= geometry_.blocks_in(number) &&
                          group.free_inodes <= geometry_.inodes_per_group &&
                          group.unused_inodes <= geometry_.inodes_per_group;
    if (!is_sound)
        return fail(Status::corrupt);
    groups_[number] = group;
    return {};
}

std::uint32_t GroupTable::inode_table_blocks() const
{
    return geometry_.inodes_per_group / (geometry_.block_size / geometry_.inode_size);
}

Result<Block> GroupTable::descriptor_block(GroupNumber group, std::size_t& offset)
{
    offset = std::size_t{group % geometry_.descriptors_per_block()} * geometry_.descriptor_size;
    return blocks_.get(geometry_.descriptor_block(group));
}

bool GroupTable::overlaps_metadata(GroupNumber number, BlockNumber first, std::uint64_t count) const
{
    Group const& group = groups_[number];
    auto const overlaps = [&](BlockNumber start, std::uint64_t length) {
        return first < start + length && start < first + count;
    };
    return overlaps(group.block_bitmap, 1) || overlaps(group.inode_bitmap, 1) ||
           overlaps(group.inode_table, inode_table_blocks()) ||
           overlaps(geometry_.first_block_of(number), geometry_.own_metadata_blocks(number));
}

Result<> GroupTable::settle()
{
    for (GroupNumber group = 0; group < geometry_.group_count; ++group) {
        if (groups_[group].is_changed)
            TRY(settle_group(group));
    }
    return {};
}

Result<> GroupTable::settle_group(GroupNumber number)
{
    Group& group = groups_[number];
    std::size_t offset = 0;
    Block const block = TRY(descriptor_block(number, offset));
    auto const bytes = block.data().subspan(offset, geometry_.descriptor_size);
    Descriptor descriptor = read_descriptor(bytes);
    encode(group, descriptor, geometry_.has_descriptor_checksums());

    if (group.block_bitmap_changed && geometry_.has_checksums()) {
        Block const bitmap = TRY(blocks_.get(group.block_bitmap));
        split_count(bitmap_checksum(bitmap, false), descriptor.block_bitmap_checksum_low,
                    descriptor.block_bitmap_checksum_high);
    }
    if (group.inode_bitmap_changed && geometry_.has_checksums()) {
        Block const bitmap = TRY(blocks_.get(group.inode_bitmap));
        split_count(bitmap_checksum(bitmap, true), descriptor.inode_bitmap_checksum_low,
                    descriptor.inode_bitmap_checksum_high);
    }
    write_descriptor(bytes, descriptor);
    if (geometry_.has_descriptor_checksums()) {
        descriptor.checksum = descriptor_checksum(number, bytes);
        write_descriptor(bytes, descriptor);
    }
    block.mark_dirty(fs::Content::summary);
    group.is_changed = group.block_bitmap_changed = group.inode_bitmap_changed = false;
    return {};
}

// Over the group's number and the descriptor, its own checksum left out or taken as zero.
std::uint16_t GroupTable::descriptor_checksum(GroupNumber group,
                                              std::span<std::byte const> bytes) const
{
    constexpr std::size_t place = offsetof(Descriptor, checksum);
    constexpr std::byte zeros[2]{};
    if (geometry_.has_checksums()) {
        std::uint32_t crc = crc32c(geometry_.checksum_seed, group);
        crc = crc32c(crc, bytes.first(place));
        crc = crc32c(crc, zeros);
        return static_cast<std::uint16_t>(crc32c(crc, bytes.subspan(place + 2)));
    }
    std::uint16_t crc = crc16(0xffff, std::as_bytes(std::span{geometry_.uuid}));
    crc = crc16(crc, bytes_of(group));
    crc = crc16(crc, bytes.first(place));
    return crc16(crc, bytes.subspan(place + 2));
}

}  // namespace ext4
