// Directory blocks: entries that fill the block, each with the distance to the next; and the
// index blocks of hashed directories, which look like an empty entry to who does not know them.
#pragma once
#include <cstddef>
#include <cstdint>

namespace ext4::disk {

struct DirectoryEntry {
    static constexpr std::uint8_t kind_unknown = 0;
    static constexpr std::uint8_t kind_file = 1;
    static constexpr std::uint8_t kind_directory = 2;
    static constexpr std::uint8_t kind_character_device = 3;
    static constexpr std::uint8_t kind_block_device = 4;
    static constexpr std::uint8_t kind_fifo = 5;
    static constexpr std::uint8_t kind_socket = 6;
    static constexpr std::uint8_t kind_symbolic_link = 7;
    static constexpr std::size_t header_size = 8;
    static constexpr std::size_t max_name = 255;

    std::uint32_t inode;  // 0: free space
    std::uint16_t record_length;
    std::uint8_t name_length, kind;
    // the name follows
};

// Looks like a free entry of 12 bytes.
struct DirectoryTail {
    static constexpr std::uint8_t tail_kind = 0xde;

    std::uint32_t inode;
    std::uint16_t record_length;
    std::uint8_t name_length, kind;
    std::uint32_t checksum;
};

// In block 0 of a hashed directory, after the entries "." and "..".
struct IndexRootInfo {
    static constexpr std::size_t place = 24;

    std::uint32_t reserved;
    std::uint8_t hash_version, info_length, levels, unused_flags;
};

// Lies where the hash of entry 0 would be, which is needless: it is 0.
struct IndexLimits {
    std::uint16_t limit, count;  // entries that fit, entries in use; entry 0 included
};

struct IndexEntry {
    std::uint32_t hash;   // of the first name below; bit 0: continues the block before
    std::uint32_t block;  // within the directory
};

struct IndexTail {
    std::uint32_t reserved, checksum;
};

static_assert(sizeof(DirectoryEntry) == 8 && sizeof(DirectoryTail) == 12);
static_assert(sizeof(IndexRootInfo) == 8 && sizeof(IndexEntry) == 8 && sizeof(IndexTail) == 8);

}  // namespace ext4::disk
