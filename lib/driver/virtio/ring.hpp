// What a driver and a device share in memory: a split virtqueue (virtio 1.1, section 2.6). All
// fields are little-endian.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>

namespace driver::virtio {

static_assert(std::endian::native == std::endian::little);

// 2.6.5: one piece of memory that the device reads or writes.
struct Descriptor {
    static constexpr std::uint16_t has_next = 1;
    static constexpr std::uint16_t device_writes = 2;

    std::uint64_t address{};
    std::uint32_t length_bytes{};
    std::uint16_t flags{};
    std::uint16_t next{};
};
static_assert(sizeof(Descriptor) == 16);

// 2.6.6 and 2.6.8: both rings begin with flags in the lower half of a word and, in the upper half,
// the index where their writer will put the next entry; it counts on beyond the ring's size.
struct RingHead {
    std::uint32_t word{};

    static constexpr std::uint16_t index_of(std::uint32_t word)
    {
        return static_cast<std::uint16_t>(word >> 16);
    }
    static constexpr std::uint32_t with_index(std::uint16_t index)
    {
        return static_cast<std::uint32_t>(index) << 16;
    }
};

// An entry of the available ring is the 16-bit number of a chain's first descriptor.
using AvailableEntry = std::uint16_t;

struct UsedEntry {
    std::uint32_t first_descriptor{};
    std::uint32_t written_bytes{};
};

// Where the three parts of a queue of `size` descriptors are in its memory.
struct RingLayout {
    std::size_t available{};
    std::size_t used{};
    std::size_t total_bytes{};

    static constexpr RingLayout of(std::size_t size)
    {
        std::size_t available = size * sizeof(Descriptor);
        std::size_t available_end =
            available + sizeof(RingHead) + size * sizeof(AvailableEntry) + 2;
        std::size_t used = (available_end + 3) & ~std::size_t{3};
        return {available, used, used + sizeof(RingHead) + size * sizeof(UsedEntry) + 2};
    }
};
static_assert(RingLayout::of(256).total_bytes <= 8192, "256 descriptors fit in two pages");

}  // namespace driver::virtio
