// The main part of a serial line's driver.
#pragma once
#include "lib/driver/device.hpp"
#include "lib/serial/line.hpp"

namespace serial {

// Starts the line and serves it as the Console "console" until the process ends.
// Errors: those of publishing it; no_memory, no_handles
Result<> serve(sys::Environment& environment, driver::Device const& device, Line& line);

}  // namespace serial
