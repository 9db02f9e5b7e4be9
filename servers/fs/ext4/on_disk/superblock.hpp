// The superblock: 1024 bytes at byte 1024 of the volume.
// Documentation/filesystems/ext4/super.rst of Linux names the fields.
#pragma once
#include <cstdint>

namespace ext4::disk {

struct Superblock {
    static constexpr std::uint64_t place = 1024;
    static constexpr std::uint16_t magic_value = 0xef53;
    static constexpr std::uint16_t state_clean = 1;
    static constexpr std::uint16_t state_errors = 2;
    static constexpr std::uint32_t flag_signed_hash = 1;
    static constexpr std::uint32_t flag_unsigned_hash = 2;
    static constexpr std::uint8_t checksum_crc32c = 1;

    std::uint32_t inodes_count, blocks_count_low, reserved_blocks_low, free_blocks_low;
    std::uint32_t free_inodes, first_data_block, log_block_size, log_cluster_size;
    std::uint32_t blocks_per_group, clusters_per_group, inodes_per_group, mount_time;
    std::uint32_t write_time;
    std::uint16_t mount_count, max_mount_count, magic, state;
    std::uint16_t on_errors, minor_revision;
    std::uint32_t last_check, check_interval, creator_os, revision;
    std::uint16_t reserved_user, reserved_group;
    std::uint32_t first_inode;
    std::uint16_t inode_size, block_group;
    std::uint32_t compatible, incompatible, read_only_compatible;
    std::uint8_t uuid[16];
    char volume_name[16];
    char last_mounted[64];
    std::uint32_t algorithm_usage;
    std::uint8_t preallocate_blocks, preallocate_directory_blocks;
    std::uint16_t reserved_descriptor_blocks;
    std::uint8_t journal_uuid[16];
    std::uint32_t journal_inode, journal_device, last_orphan;
    std::uint32_t hash_seed[4];
    std::uint8_t default_hash_version, journal_backup_type;
    std::uint16_t descriptor_size;
    std::uint32_t default_mount_options, first_meta_group, made_time;
    std::uint32_t journal_blocks[17];
    std::uint32_t blocks_count_high, reserved_blocks_high, free_blocks_high;
    std::uint16_t min_extra_inode_size, want_extra_inode_size;
    std::uint32_t flags;
    std::uint16_t raid_stride, mmp_interval;
    std::uint64_t mmp_block;
    std::uint32_t raid_stripe_width;
    std::uint8_t log_groups_per_flex, checksum_type;
    std::uint16_t padding;
    std::uint64_t kilobytes_written;
    std::uint8_t unused[204];
    std::uint32_t backup_groups[2];
    std::uint8_t unused_too[28];
    std::uint32_t checksum_seed;
    std::uint8_t unused_three[392];
    std::uint32_t checksum;  // of everything before it
};
static_assert(sizeof(Superblock) == 1024);
static_assert(__builtin_offsetof(Superblock, descriptor_size) == 0xfe);
static_assert(__builtin_offsetof(Superblock, blocks_count_high) == 0x150);
static_assert(__builtin_offsetof(Superblock, backup_groups) == 0x24c);
static_assert(__builtin_offsetof(Superblock, checksum_seed) == 0x270);

}  // namespace ext4::disk
