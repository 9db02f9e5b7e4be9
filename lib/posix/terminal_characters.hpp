// The control characters of a terminal, as its settings carry them: 8 to a word.
#pragma once
#include "generated/interfaces/posix.hpp"
#include <algorithm>
#include <cstring>
#include <span>

namespace posix {

using TerminalWords = std::uint64_t[4];

// As many as there are, up to 32; the others are 0.
inline void put_characters(TerminalSettings& settings, std::span<std::uint8_t const> characters)
{
    TerminalWords words{};
    std::memcpy(words, characters.data(), std::min(characters.size(), sizeof words));
    settings.characters0 = words[0];
    settings.characters1 = words[1];
    settings.characters2 = words[2];
    settings.characters3 = words[3];
}

inline void get_characters(TerminalSettings const& settings, std::span<std::uint8_t> characters)
{
    TerminalWords const words{settings.characters0, settings.characters1, settings.characters2,
                              settings.characters3};
    std::memcpy(characters.data(), words, std::min(characters.size(), sizeof words));
}

}  // namespace posix
