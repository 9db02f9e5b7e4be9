// Bitmaps as the format has them: bit n is bit n % 8 of byte n / 8; 1 is in use.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace ext4 {

struct BitRun {
    std::uint32_t first, length;
};

bool is_bit_set(std::span<std::byte const> bitmap, std::uint32_t bit);
void set_bits(std::span<std::byte> bitmap, std::uint32_t first, std::uint32_t count);

// Returns how many of them were set.
std::uint32_t clear_bits(std::span<std::byte> bitmap, std::uint32_t first, std::uint32_t count);

// The first run of clear bits in [from, end), cut off at `most`.
std::optional<BitRun> find_clear(std::span<std::byte const> bitmap, std::uint32_t from,
                                 std::uint32_t end, std::uint32_t most);

}  // namespace ext4
