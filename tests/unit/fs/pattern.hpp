// Content that is the same for the same seed, and never twice the same in a row.
#pragma once
#include <cstdint>
#include <string>

inline std::string pattern(std::size_t size, std::uint32_t seed)
{
    std::string text(size, '\0');
    for (char& character : text) {
        seed = seed * 1664525 + 1013904223;
        character = static_cast<char>(seed >> 24);
    }
    return text;
}
