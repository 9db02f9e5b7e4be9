// What a POSIX process's kernel process exits with: the code of exit(), or the signal that ended
// it.
#pragma once
#include <cstdint>

namespace posix {

inline constexpr std::uint64_t ended_by_signal = 0x100;

}  // namespace posix
