// Scalars on the wire: little-endian, XORed with their default so that zero means the default.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace codec {

template <class T>
concept Scalar = std::is_arithmetic_v<T> || std::is_enum_v<T>;

template <std::size_t Bytes>
using UnsignedOf = std::conditional_t<
    Bytes == 1, std::uint8_t,
    std::conditional_t<Bytes == 2, std::uint16_t,
                       std::conditional_t<Bytes == 4, std::uint32_t, std::uint64_t>>>;

template <Scalar T>
using WireType = UnsignedOf<sizeof(T)>;

template <Scalar T>
constexpr WireType<T> to_wire(T value, T fallback)
{
    return static_cast<WireType<T>>(std::bit_cast<WireType<T>>(value) ^
                                    std::bit_cast<WireType<T>>(fallback));
}

template <Scalar T>
constexpr T from_wire(WireType<T> wire, T fallback)
{
    return std::bit_cast<T>(static_cast<WireType<T>>(wire ^ std::bit_cast<WireType<T>>(fallback)));
}

// Objects start at words, and each scalar in one at a multiple of its size, so these take one
// instruction each. (The compiler does not know std::memcpy where there is no library.)

template <Scalar T>
void store(std::byte* place, T value)
{
    __builtin_memcpy(__builtin_assume_aligned(place, sizeof(T)), &value, sizeof(T));
}

template <Scalar T>
T load_aligned(std::byte const* place)
{
    T value;
    __builtin_memcpy(&value, __builtin_assume_aligned(place, sizeof(T)), sizeof(T));
    return value;
}

}  // namespace codec
