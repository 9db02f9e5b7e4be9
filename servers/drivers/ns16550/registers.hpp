// The registers of a 16550 (National Semiconductor PC16550D). Numbers, not offsets: boards space
// them differently.
#pragma once
#include <cstddef>
#include <cstdint>

namespace registers {

inline constexpr std::size_t receive_buffer = 0;    // read
inline constexpr std::size_t transmit_holding = 0;  // write
inline constexpr std::size_t interrupt_enable = 1;
inline constexpr std::size_t interrupt_identification = 2;  // read
inline constexpr std::size_t fifo_control = 2;              // write
inline constexpr std::size_t line_control = 3;
inline constexpr std::size_t modem_control = 4;
inline constexpr std::size_t line_status = 5;

// interrupt_enable
inline constexpr std::uint8_t enable_received = 1 << 0;
inline constexpr std::uint8_t enable_transmitter_empty = 1 << 1;

// interrupt_identification
inline constexpr std::uint8_t fifos_work = 0b11 << 6;

// fifo_control
inline constexpr std::uint8_t fifo_enable = 1 << 0;

// line_control
inline constexpr std::uint8_t eight_bits_no_parity = 0b11;  // also: the divisor is not addressed

// modem_control
inline constexpr std::uint8_t terminal_ready = 1 << 0;
inline constexpr std::uint8_t request_to_send = 1 << 1;
inline constexpr std::uint8_t interrupt_line = 1 << 3;  // OUT2, which gates the interrupt on PCs

// line_status
inline constexpr std::uint8_t data_ready = 1 << 0;
inline constexpr std::uint8_t overrun = 1 << 1;
inline constexpr std::uint8_t transmitter_empty = 1 << 5;

inline constexpr std::size_t fifo_bytes = 16;

}  // namespace registers
