// Structs that travel in registers: up to four words of plain data, laid out as Cap'n Proto lays
// out a data section. Positions are constants, so each access becomes a shift.
#pragma once
#include "lib/codec/pointer.hpp"
#include "lib/codec/scalar.hpp"

namespace codec {

class RegisterReader {
public:
    constexpr explicit RegisterReader(Word const* words) : words_{words} {}

    // `index` counts in units of T, as the schema's field offsets do.
    template <Scalar T>
    constexpr T get(std::uint32_t index, T fallback = {}) const
    {
        constexpr auto per_word = static_cast<std::uint32_t>(8 / sizeof(T));
        auto wire = words_[index / per_word] >> (index % per_word * 8 * sizeof(T));
        return from_wire<T>(static_cast<WireType<T>>(wire), fallback);
    }

    constexpr bool get_bit(std::uint32_t index, bool fallback = false) const
    {
        return ((words_[index / 64] >> (index % 64) & 1) != 0) != fallback;
    }

private:
    Word const* words_;
};

class RegisterWriter {
public:
    // The words are zero.
    constexpr explicit RegisterWriter(Word* words) : words_{words} {}

    template <Scalar T>
    constexpr void set(std::uint32_t index, T value, T fallback = {})
    {
        constexpr auto per_word = static_cast<std::uint32_t>(8 / sizeof(T));
        words_[index / per_word] |= Word{to_wire(value, fallback)}
                                    << (index % per_word * 8 * sizeof(T));
    }

    constexpr void set_bit(std::uint32_t index, bool value, bool fallback = false)
    {
        words_[index / 64] |= Word{value != fallback} << (index % 64);
    }

private:
    Word* words_;
};

}  // namespace codec
