// Nodes of an extent tree: a header, then entries of 12 bytes, then (not in the root) a checksum.
#pragma once
#include <cstddef>
#include <cstdint>

namespace ext4::disk {

struct ExtentHeader {
    static constexpr std::uint16_t magic_value = 0xf30a;
    static constexpr std::uint16_t max_depth = 5;

    std::uint16_t magic, entries, max_entries;
    std::uint16_t depth;  // 0: the entries are extents; else they are indexes of nodes below
    std::uint32_t generation;
};

struct Extent {
    static constexpr std::uint16_t max_written_length = 32768;
    static constexpr std::uint16_t max_unwritten_length = 32767;

    std::uint32_t logical;
    std::uint16_t length;  // more than 32768: unwritten, 32768 less long
    std::uint16_t physical_high;
    std::uint32_t physical_low;
};

struct ExtentIndex {
    std::uint32_t logical;  // the first block below
    std::uint32_t child_low;
    std::uint16_t child_high, unused;
};

static_assert(sizeof(ExtentHeader) == 12 && sizeof(Extent) == 12 && sizeof(ExtentIndex) == 12);

}  // namespace ext4::disk
