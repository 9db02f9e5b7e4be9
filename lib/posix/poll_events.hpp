// Events, as <poll.h> numbers them, in File.poll.
#pragma once
#include <cstdint>

namespace posix {

inline constexpr std::uint16_t poll_in = 0x001 | 0x040;
inline constexpr std::uint16_t poll_out = 0x004 | 0x100;
inline constexpr std::uint16_t poll_error = 0x008;
inline constexpr std::uint16_t poll_hang_up = 0x010;
inline constexpr std::uint16_t poll_always = poll_error | poll_hang_up;
inline constexpr std::uint16_t poll_also_changes = 0x8000;

}  // namespace posix
