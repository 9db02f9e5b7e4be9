// CRC-32C eight bytes at a time ("slicing by 8"), CRC-16 (polynomial 0x8005, reflected) by the
// byte.
#include "servers/fs/ext4/checksum.hpp"
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>

namespace ext4 {

namespace {

using Table = std::array<std::uint32_t, 256>;

// tables[n][b] is the effect of byte b with n zero bytes after it.
constexpr std::array<Table, 8> make_tables()
{
    constexpr std::uint32_t polynomial = 0x82f63b78;
    std::array<Table, 8> tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? polynomial : 0);
        tables[0][byte] = crc;
    }
    for (std::size_t n = 1; n < tables.size(); ++n) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            std::uint32_t const before = tables[n - 1][byte];
            tables[n][byte] = before >> 8 ^ tables[0][before & 0xff];
        }
    }
    return tables;
}

constexpr std::array<Table, 8> tables = make_tables();

std::uint32_t eight_bytes(std::uint32_t crc, std::byte const* bytes)
{
    std::uint64_t word;
    std::memcpy(&word, std::assume_aligned<8>(bytes), sizeof word);
    word ^= crc;
    return tables[7][word & 0xff] ^ tables[6][word >> 8 & 0xff] ^ tables[5][word >> 16 & 0xff] ^
           tables[4][word >> 24 & 0xff] ^ tables[3][word >> 32 & 0xff] ^
           tables[2][word >> 40 & 0xff] ^ tables[1][word >> 48 & 0xff] ^ tables[0][word >> 56];
}

std::uint32_t single_bytes(std::uint32_t crc, std::span<std::byte const> bytes)
{
    for (std::byte byte : bytes)
        crc = crc >> 8 ^ tables[0][(crc ^ std::to_integer<std::uint32_t>(byte)) & 0xff];
    return crc;
}

}  // namespace

std::uint32_t crc32c(std::uint32_t seed, std::span<std::byte const> bytes)
{
    auto const misaligned = std::bit_cast<std::uintptr_t>(bytes.data()) % 8;
    std::size_t const head = std::min(bytes.size(), (8 - misaligned) % 8);
    std::uint32_t crc = single_bytes(seed, bytes.first(head));

    bytes = bytes.subspan(head);
    for (; bytes.size() >= 8; bytes = bytes.subspan(8))
        crc = eight_bytes(crc, bytes.data());
    return single_bytes(crc, bytes);
}

std::uint32_t crc32c(std::uint32_t seed, std::uint32_t value)
{
    return crc32c(seed, std::as_bytes(std::span{&value, 1}));
}

std::uint16_t crc16(std::uint16_t seed, std::span<std::byte const> bytes)
{
    std::uint32_t crc = seed;
    for (std::byte byte : bytes) {
        crc ^= std::to_integer<std::uint32_t>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xa001u : 0u);
    }
    return static_cast<std::uint16_t>(crc);
}

}  // namespace ext4
