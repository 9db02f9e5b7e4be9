// What a POSIX process's kernel process exits with: the code of exit(), or the signal that ended
// it.
#pragma once
#include <cstdint>

namespace posix {

inline constexpr std::uint64_t ended_by_signal = 0x100;
// By SIGKILL: there was no memory for a page that it touched.
inline constexpr std::uint64_t ended_out_of_memory = ended_by_signal | 0x80 | 9;

}  // namespace posix
