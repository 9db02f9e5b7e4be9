// The registers of SiFive's UART (FU540-C000 manual, chapter 13).
#pragma once
#include "lib/driver/mmio.hpp"

namespace sifive_uart {

using TransmitData = driver::Register<0x00, driver::Access::read_write>;
using ReceiveData = driver::Register<0x04, driver::Access::read_only>;
using TransmitControl = driver::Register<0x08, driver::Access::read_write>;
using ReceiveControl = driver::Register<0x0c, driver::Access::read_write>;
using InterruptEnable = driver::Register<0x10, driver::Access::read_write>;
inline constexpr std::size_t register_bytes = 0x1c;

// TransmitData when read, ReceiveData: reading that one takes a byte out of its FIFO.
inline constexpr std::uint32_t full = 1u << 31;
inline constexpr std::uint32_t empty = 1u << 31;

// TransmitControl, ReceiveControl. The level is that of the interrupt: fewer bytes than it in the
// transmitter's FIFO, more bytes than it in the receiver's.
inline constexpr std::uint32_t enable = 1u << 0;
using Level = driver::Field<18, 16>;

// InterruptEnable
inline constexpr std::uint32_t transmitter_level = 1u << 0;
inline constexpr std::uint32_t receiver_level = 1u << 1;

}  // namespace sifive_uart
