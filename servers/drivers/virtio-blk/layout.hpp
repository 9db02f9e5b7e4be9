// What a virtio block device and its driver tell each other (virtio 1.1, section 5.2).
#pragma once
#include <cstddef>
#include <cstdint>

namespace layout {

// 5.2.3: feature bits.
inline constexpr std::uint64_t feature_size_max = 1 << 1;
inline constexpr std::uint64_t feature_seg_max = 1 << 2;
inline constexpr std::uint64_t feature_ro = 1 << 5;
inline constexpr std::uint64_t feature_blk_size = 1 << 6;
inline constexpr std::uint64_t feature_flush = 1 << 9;

// 5.2.4: where the fields of the device's configuration are.
inline constexpr std::size_t capacity = 0;   // 64 bits, in sectors
inline constexpr std::size_t size_max = 8;   // 32 bits, the most bytes in a segment
inline constexpr std::size_t seg_max = 12;   // 32 bits, the most segments in a request
inline constexpr std::size_t blk_size = 20;  // 32 bits, bytes

inline constexpr std::uint32_t sector_bytes = 512;  // of positions and capacity, whatever blk_size

// 5.2.6: a request is a header that the device reads, the data, and a byte that it writes.
enum class RequestType : std::uint32_t { in = 0, out = 1, flush = 4 };

struct RequestHeader {
    RequestType type{};
    std::uint32_t reserved{};
    std::uint64_t sector{};
};
static_assert(sizeof(RequestHeader) == 16);

inline constexpr std::uint8_t status_ok = 0;
inline constexpr std::uint8_t status_unsupported = 2;
inline constexpr std::uint8_t status_unanswered = 0xff;  // ours: the device has not written yet

}  // namespace layout
