// The registers of the Goldfish real-time clock, "google,goldfish-rtc" in the device tree (Linux:
// drivers/rtc/rtc-goldfish.c). It counts nanoseconds since 1970.
#pragma once
#include "lib/driver/mmio.hpp"

namespace goldfish_rtc {

using enum driver::Access;
using driver::Register;

using TimeLow = Register<0x00, read_write>;   // reading it keeps the upper half for TimeHigh
using TimeHigh = Register<0x04, read_write>;  // written first
using InterruptEnabled = Register<0x10, write_only>;
using ClearAlarm = Register<0x14, write_only>;
using ClearInterrupt = Register<0x1c, write_only>;

}  // namespace goldfish_rtc
