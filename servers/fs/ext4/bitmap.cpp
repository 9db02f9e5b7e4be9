// Searching goes 64 bits at a time; `bitmap` is a block, so it is aligned and a multiple of that.
#include "servers/fs/ext4/bitmap.hpp"
#include <algorithm>
#include <bit>
#include <cstring>

namespace ext4 {

namespace {

std::uint64_t word_at(std::span<std::byte const> bitmap, std::uint32_t word)
{
    std::uint64_t value;
    std::memcpy(&value, __builtin_assume_aligned(bitmap.data() + std::size_t{word} * 8, 8), 8);
    return value;
}

// The first bit in [from, end) that has the value; `end` if there is none.
std::uint32_t find_bit(std::span<std::byte const> bitmap, std::uint32_t from, std::uint32_t end,
                       bool value)
{
    std::uint64_t const flip = value ? 0 : ~std::uint64_t{0};
    while (from < end) {
        std::uint64_t const rest = (word_at(bitmap, from / 64) ^ flip) >> from % 64;
        if (rest != 0)
            return std::min(end, from + static_cast<std::uint32_t>(std::countr_zero(rest)));
        from = (from / 64 + 1) * 64;
    }
    return end;
}

std::byte mask_of(std::uint32_t bit) { return std::byte{1} << bit % 8; }

}  // namespace

bool is_bit_set(std::span<std::byte const> bitmap, std::uint32_t bit)
{
    return (bitmap[bit / 8] & mask_of(bit)) != std::byte{0};
}

void set_bits(std::span<std::byte> bitmap, std::uint32_t first, std::uint32_t count)
{
    std::uint32_t const end = first + count;
    while (first < end) {
        if (first % 8 == 0 && end - first >= 8) {
            bitmap[first / 8] = std::byte{0xff};
            first += 8;
        } else {
            bitmap[first / 8] |= mask_of(first);
            ++first;
        }
    }
}

std::uint32_t clear_bits(std::span<std::byte> bitmap, std::uint32_t first, std::uint32_t count)
{
    std::uint32_t were_set = 0;
    for (std::uint32_t bit = first; bit < first + count; ++bit) {
        were_set += is_bit_set(bitmap, bit) ? 1 : 0;
        bitmap[bit / 8] &= ~mask_of(bit);
    }
    return were_set;
}

std::optional<BitRun> find_clear(std::span<std::byte const> bitmap, std::uint32_t from,
                                 std::uint32_t end, std::uint32_t most)
{
    std::uint32_t const first = find_bit(bitmap, from, end, false);
    if (first == end)
        return std::nullopt;
    std::uint32_t const limit =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(end, std::uint64_t{first} + most));
    return BitRun{first, find_bit(bitmap, first, limit, true) - first};
}

}  // namespace ext4
