// overlay(): the one place where bytes of a block become a structure of the format.
//
// The format is little-endian, as is every machine that this runs on.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace ext4 {

static_assert(std::endian::native == std::endian::little, "the structures are used in place");

template <class T>
T& overlay(std::span<std::byte> bytes, std::size_t offset = 0)
{
    // The caller has checked the offset against the block; this is the second line of defence.
    if (offset > bytes.size() || bytes.size() - offset < sizeof(T) || offset % alignof(T) != 0)
        __builtin_trap();
    return *reinterpret_cast<T*>(bytes.data() + offset);
}

template <class T>
std::span<std::byte const> bytes_of(T const& value)
{
    return std::as_bytes(std::span{&value, 1});
}

// Numbers that the format splits in two.
constexpr std::uint64_t joined(std::uint32_t low, std::uint32_t high)
{
    return std::uint64_t{high} << 32 | low;
}
constexpr std::uint32_t low_half(std::uint64_t value) { return static_cast<std::uint32_t>(value); }
constexpr std::uint32_t high_half(std::uint64_t value)
{
    return static_cast<std::uint32_t>(value >> 32);
}

}  // namespace ext4
