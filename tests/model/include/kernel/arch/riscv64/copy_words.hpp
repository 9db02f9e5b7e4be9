// Copying the words of a message, on this machine.
#pragma once
#include <algorithm>
#include <cstdint>

namespace kernel::arch {

inline void copy_words(std::uint64_t* to, std::uint64_t const* from, std::uint64_t count)
{
    std::copy(from, from + count, to);
}

}  // namespace kernel::arch
