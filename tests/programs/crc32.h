// CRC-32 with the polynomial of zlib and Ethernet, so that the host's Python can compare.
#pragma once
#include <stddef.h>
#include <stdint.h>

// The table of the remainders of all bytes, made at first use.
static uint32_t const* crc32_table(void)
{
    static uint32_t table[256];
    if (table[1] != 0)
        return table;
    for (uint32_t byte = 0; byte < 256; ++byte) {
        uint32_t remainder = byte;
        for (int bit = 0; bit < 8; ++bit)
            remainder = remainder >> 1 ^ (remainder & 1 ? 0xedb88320u : 0);
        table[byte] = remainder;
    }
    return table;
}

// Continues `checksum` (0 at the start) with more bytes.
static uint32_t crc32(uint32_t checksum, unsigned char const* bytes, size_t count)
{
    uint32_t const* table = crc32_table();
    checksum = ~checksum;
    for (size_t i = 0; i < count; ++i)
        checksum = checksum >> 8 ^ table[(checksum ^ bytes[i]) & 0xff];
    return ~checksum;
}
