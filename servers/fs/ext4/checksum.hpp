// The two checksums of the format: CRC-32C of metadata_csum and CRC-16 of the older uninit_bg.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace ext4 {

// Neither inverts its result, so results can be continued.
std::uint32_t crc32c(std::uint32_t seed, std::span<std::byte const> bytes);
std::uint16_t crc16(std::uint16_t seed, std::span<std::byte const> bytes);

// Continues with the bytes of a number.
std::uint32_t crc32c(std::uint32_t seed, std::uint32_t value);

}  // namespace ext4
