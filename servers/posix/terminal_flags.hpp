// The flags and characters of struct termios that the line discipline knows, in Linux's numbers.
#pragma once
#include <cstddef>
#include <cstdint>

namespace posix {

namespace input_flag {
inline constexpr std::uint32_t strip = 0x20;               // ISTRIP
inline constexpr std::uint32_t newline_to_return = 0x40;   // INLCR
inline constexpr std::uint32_t ignore_return = 0x80;       // IGNCR
inline constexpr std::uint32_t return_to_newline = 0x100;  // ICRNL
inline constexpr std::uint32_t output_control = 0x400;     // IXON
}  // namespace input_flag

namespace output_flag {
inline constexpr std::uint32_t process = 0x1;            // OPOST
inline constexpr std::uint32_t newline_to_both = 0x4;    // ONLCR
inline constexpr std::uint32_t return_to_newline = 0x8;  // OCRNL
}  // namespace output_flag

namespace control_flag {
inline constexpr std::uint32_t eight_bits = 0x30;  // CS8
inline constexpr std::uint32_t receive = 0x80;     // CREAD
inline constexpr std::uint32_t speed_38400 = 0xf;
}  // namespace control_flag

namespace local_flag {
inline constexpr std::uint32_t signals = 0x1;            // ISIG
inline constexpr std::uint32_t canonical = 0x2;          // ICANON
inline constexpr std::uint32_t echo = 0x8;               // ECHO
inline constexpr std::uint32_t echo_erase = 0x10;        // ECHOE
inline constexpr std::uint32_t echo_kill = 0x20;         // ECHOK
inline constexpr std::uint32_t echo_newline = 0x40;      // ECHONL
inline constexpr std::uint32_t keep_input = 0x80;        // NOFLSH
inline constexpr std::uint32_t stop_background = 0x100;  // TOSTOP
inline constexpr std::uint32_t echo_control = 0x200;     // ECHOCTL
inline constexpr std::uint32_t echo_kill_erase = 0x800;  // ECHOKE
inline constexpr std::uint32_t extended = 0x8000;        // IEXTEN
}  // namespace local_flag

namespace special {
inline constexpr std::size_t interrupt = 0;
inline constexpr std::size_t quit = 1;
inline constexpr std::size_t erase = 2;
inline constexpr std::size_t kill = 3;
inline constexpr std::size_t end_of_file = 4;
inline constexpr std::size_t time = 5;         // VTIME
inline constexpr std::size_t least_bytes = 6;  // VMIN
inline constexpr std::size_t start = 8;
inline constexpr std::size_t stop = 9;
inline constexpr std::size_t suspend = 10;
inline constexpr std::size_t end_of_line = 11;
inline constexpr std::size_t erase_word = 14;
inline constexpr std::size_t quote = 15;
inline constexpr std::size_t other_end_of_line = 16;
}  // namespace special

}  // namespace posix
