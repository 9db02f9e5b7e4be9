// Reading the geometry from a superblock that nobody has vouched for.
#include "servers/fs/ext4/geometry.hpp"
#include "servers/fs/ext4/checksum.hpp"
#include "servers/fs/ext4/on_disk/group_descriptor.hpp"
#include "servers/fs/ext4/on_disk/inode.hpp"
#include "servers/fs/ext4/on_disk/overlay.hpp"
#include <algorithm>
#include <bit>

namespace ext4 {

namespace {

constexpr std::uint32_t oldest_first_inode = 11;

bool is_power_of(std::uint32_t base, std::uint32_t number)
{
    while (number > 1 && number % base == 0)
        number /= base;
    return number == 1;
}

std::uint32_t seed_of(disk::Superblock const& super)
{
    if ((super.incompatible & incompatible::checksum_seed) != 0)
        return super.checksum_seed;
    return crc32c(~0u, std::as_bytes(std::span{super.uuid}));
}

std::uint32_t descriptor_size_of(disk::Superblock const& super)
{
    bool const wide = (super.incompatible & incompatible::wide) != 0;
    return wide ? super.descriptor_size : disk::GroupDescriptor::short_size;
}

// Sizes that are shifted with or divided by.
bool has_sound_sizes(Geometry const& geometry)
{
    std::uint32_t const most_in_bitmap = geometry.block_size * 8;
    return std::has_single_bit(geometry.descriptor_size) && geometry.descriptor_size >= 32 &&
           geometry.descriptor_size <= 1024 && std::has_single_bit(geometry.inode_size) &&
           geometry.inode_size >= disk::Inode::base_size &&
           geometry.inode_size <= geometry.block_size && geometry.blocks_per_group > 0 &&
           geometry.blocks_per_group <= most_in_bitmap && geometry.inodes_per_group > 0 &&
           geometry.inodes_per_group <= most_in_bitmap && geometry.inodes_per_group % 8 == 0 &&
           geometry.blocks_per_group % 8 == 0 &&
           geometry.inodes_per_group % (geometry.block_size / geometry.inode_size) == 0;
}

bool has_sound_counts(Geometry const& geometry)
{
    std::uint64_t const groups =
        (geometry.block_count - geometry.first_data_block + geometry.blocks_per_group - 1) /
        geometry.blocks_per_group;
    return geometry.first_data_block == (geometry.block_size == 1024 ? 1u : 0u) &&
           groups <= std::uint64_t{~0u} &&
           groups * geometry.inodes_per_group == geometry.inode_count &&
           geometry.first_free_inode >= oldest_first_inode &&
           geometry.first_free_inode < geometry.inode_count;
}

}  // namespace

Result<Geometry> Geometry::from(disk::Superblock const& super, std::uint64_t device_bytes)
{
    constexpr std::uint32_t largest_log = 2;  // 4 KiB
    if (super.log_block_size > largest_log)
        return fail(Status::not_supported);

    bool const is_old = super.revision == 0;
    Geometry geometry{
        .block_size = 1024u << super.log_block_size,
        .block_shift = 10 + super.log_block_size,
        .block_count = super.blocks_count_low,
        .first_data_block = super.first_data_block,
        .blocks_per_group = super.blocks_per_group,
        .inodes_per_group = super.inodes_per_group,
        .group_count = 0,
        .inode_count = super.inodes_count,
        .inode_size = is_old ? std::uint32_t{disk::Inode::base_size} : super.inode_size,
        .descriptor_size = descriptor_size_of(super),
        .first_free_inode = is_old ? oldest_first_inode : super.first_inode,
        .reserved_descriptor_blocks = super.reserved_descriptor_blocks,
        .first_meta_group = super.first_meta_group,
        .backup_groups = {super.backup_groups[0], super.backup_groups[1]},
        .compatible = super.compatible,
        .incompatible = super.incompatible,
        .read_only_compatible = super.read_only_compatible,
        .checksum_seed = seed_of(super),
        .uuid = {},
    };
    if ((super.incompatible & incompatible::wide) != 0)
        geometry.block_count = joined(super.blocks_count_low, super.blocks_count_high);
    if (!has_sound_sizes(geometry) || geometry.block_count <= geometry.first_data_block + 1 ||
        geometry.block_count > device_bytes >> geometry.block_shift || !has_sound_counts(geometry))
        return fail(Status::corrupt);

    std::ranges::copy(super.uuid, geometry.uuid);
    geometry.group_count = geometry.inode_count / geometry.inodes_per_group;
    return geometry;
}

std::uint32_t Geometry::blocks_in(GroupNumber group) const
{
    std::uint64_t const left = block_count - first_block_of(group);
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(blocks_per_group, left));
}

bool Geometry::has_superblock(GroupNumber group) const
{
    if (group == 0)
        return true;
    if ((compatible & compatible::sparse_super2) != 0)
        return group == backup_groups[0] || group == backup_groups[1];
    if (group == 1 || (read_only_compatible & read_only_compatible::sparse_super) == 0)
        return true;
    return is_power_of(3, group) || is_power_of(5, group) || is_power_of(7, group);
}

std::uint32_t Geometry::descriptor_blocks() const
{
    return (group_count + descriptors_per_block() - 1) / descriptors_per_block();
}

// With meta_bg, each run of groups that share a block of descriptors keeps it in its first group.
BlockNumber Geometry::descriptor_block(GroupNumber group) const
{
    std::uint32_t const index = group / descriptors_per_block();
    if ((incompatible & incompatible::meta_groups) == 0 || index < first_meta_group)
        return first_data_block + 1 + index;
    GroupNumber const home = index * descriptors_per_block();
    return first_block_of(home) + (has_superblock(home) ? 1 : 0);
}

// Blocks at the start of a group taken by the superblock's copy and the descriptors.
std::uint32_t Geometry::own_metadata_blocks(GroupNumber group) const
{
    std::uint32_t const super_blocks = has_superblock(group) ? 1 : 0;
    std::uint32_t const index = group / descriptors_per_block();
    if ((incompatible & incompatible::meta_groups) == 0)
        return super_blocks * (1 + descriptor_blocks() + reserved_descriptor_blocks);
    if (index < first_meta_group)
        return super_blocks * (1 + first_meta_group + reserved_descriptor_blocks);
    std::uint32_t const place = group % descriptors_per_block();
    bool const holds_descriptors = place == 0 || place == 1 || place == descriptors_per_block() - 1;
    return super_blocks + (holds_descriptors ? 1 : 0);
}

}  // namespace ext4
