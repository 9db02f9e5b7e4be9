// The hashes by which hashed directories sort names. They are part of the format.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace ext4 {

enum class HashVersion : std::uint8_t {
    legacy,
    half_md4,
    tea,
    legacy_unsigned,
    half_md4_unsigned,
    tea_unsigned,
};

// Bit 0 of a hash is always clear.
std::uint32_t hash_name(std::string_view name, HashVersion version,
                        std::span<std::uint32_t const, 4> seed);

}  // namespace ext4
