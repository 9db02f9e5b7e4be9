// Requests to terminals.
#pragma once
#include "lib/sys/handle.hpp"
#include <cstddef>
#include <termios.h>

namespace posix {

// Linux's structure, which musl's begins with.
inline constexpr std::size_t linux_characters = 19;
inline constexpr std::size_t settings_bytes = offsetof(termios, c_cc) + linux_characters;

// What ioctl returns for an open file that may be a terminal of servers/posix.
long control_terminal(sys::HandleValue file, long request, long argument);

}  // namespace posix
