// What the server knows about a process for those who look at it in /proc.
#pragma once
#include "abi/syscall.hpp"
#include <array>
#include <string>
#include <string_view>

namespace posix {

struct ProcessFacts {
    char state = 'S';  // as ps shows it: R, S, T or Z
    std::uint64_t cycles = 0;
    std::uint64_t children_cycles = 0;  // of those that were waited for
    std::uint64_t bytes = 0;            // of its quota
    std::uint64_t start_ticks = 0;      // 1/100 s since the machine's start
    std::uint32_t threads = 0;
    std::uint32_t user = 0;
    std::uint32_t group = 0;
    std::uint64_t kernel_number = 0;     // abi::ProcessInfo::number
    std::array<abi::Visit, 8> visits{};  // of its slices: see there
};

// What a process is called: its program's name, and its arguments, each with a zero behind it.
struct ProcessTitle {
    std::string name;
    std::string command_line;

    // `strings`: zero-terminated, the arguments first.
    static ProcessTitle of(std::string_view program, std::string_view strings, std::size_t count);
};

// Whether CPU time was used lately: the kernel does not say who waits.
class RecentUse {
public:
    bool is_running(abi::Ticks now, std::uint64_t cycles);

private:
    abi::Ticks looked_ = 0;
    std::uint64_t cycles_ = 0;
    bool is_running_ = false;
};

}  // namespace posix
