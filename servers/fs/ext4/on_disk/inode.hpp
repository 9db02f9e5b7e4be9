// An inode as it lies in the inode table. The first 128 bytes are always there; the rest as far as
// `extra_size` says.
#pragma once
#include <cstddef>
#include <cstdint>

namespace ext4::disk {

struct Inode {
    static constexpr std::size_t base_size = 128;

    static constexpr std::uint32_t flag_immutable = 0x10;
    static constexpr std::uint32_t flag_append_only = 0x20;
    static constexpr std::uint32_t flag_encrypted = 0x800;
    static constexpr std::uint32_t flag_indexed = 0x1000;
    static constexpr std::uint32_t flag_huge_file = 0x40000;
    static constexpr std::uint32_t flag_extents = 0x80000;
    static constexpr std::uint32_t flag_value_of_attribute = 0x200000;
    static constexpr std::uint32_t flag_inline_data = 0x10000000;

    std::uint16_t mode, user_low;
    std::uint32_t size_low, access_time, change_time, modify_time, delete_time;
    std::uint16_t group_low, links;
    std::uint32_t blocks_low, flags, version_low;
    std::byte block[60];  // root of the extent tree, block map, or short symbolic link
    std::uint32_t generation, attributes_low, size_high, fragment_address;
    std::uint16_t blocks_high, attributes_high, user_high, group_high;
    std::uint16_t checksum_low, reserved;

    std::uint16_t extra_size;  // bytes in use after the first 128
    std::uint16_t checksum_high;
    std::uint32_t change_time_extra, modify_time_extra, access_time_extra;
    std::uint32_t creation_time, creation_time_extra, version_high, project;
};
static_assert(sizeof(Inode) == 160);
static_assert(offsetof(Inode, checksum_low) == 0x7c);
static_assert(offsetof(Inode, checksum_high) == 0x82);
static_assert(offsetof(Inode, block) == 0x28);

}  // namespace ext4::disk
