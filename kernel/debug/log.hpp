// The kernel's own messages, on the firmware's console. For a few lines at boot, and for reports.
#pragma once
#include <cstdint>
#include <string_view>

namespace kernel::debug {

struct Hex {
    std::uint64_t value;
};

void write(std::string_view text);
void write(char const* text);
void write(std::uint64_t number);
void write(Hex number);

// Writes its arguments, and nothing in between.
template <class... Parts>
void print(Parts... parts)
{
    (write(parts), ...);
}

// Begins a line of the boot log: the time since the kernel was entered, and who speaks.
void begin_line();

}  // namespace kernel::debug
