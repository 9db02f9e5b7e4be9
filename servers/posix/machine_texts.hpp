// What /proc tells of the machine, from the kernel's books.
#pragma once
#include "servers/posix/service.hpp"
#include <string>

namespace posix {

struct MachineText {
    std::string_view name;
    void (*write)(Service& service, ProcessNumber unused, std::string& text);
};

std::span<MachineText const> machine_texts();

// CPU time in the unit of /proc, 1/100 s.
std::uint64_t to_clock_ticks(Service& service, std::uint64_t cycles);
std::uint64_t to_nanoseconds(Service& service, std::uint64_t cycles);
std::uint64_t clock_ticks_since_start();
std::uint64_t nanoseconds_since_start();
// On average since the start, in units of 1/65536.
std::uint32_t busy_harts(Service& service);

}  // namespace posix
