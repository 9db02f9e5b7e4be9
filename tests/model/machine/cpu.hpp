// The registers of a simulated hart, and the clock that all harts share.
#pragma once
#include <cstdint>

namespace model {

inline constexpr unsigned max_harts = 8;

struct Cpu {
    std::uint64_t sstatus = 0;
    std::uint64_t sie = 0;
    std::uint64_t sepc = 0;
    std::uint64_t scause = 0;
    std::uint64_t stval = 0;
    std::uint64_t satp = 0;
    std::uint64_t stimecmp = ~0ull;
    bool ipi = false;       // a software interrupt is pending
    bool external = false;  // the interrupt controller has something for this hart

    std::uint64_t pending() const;
    std::uint64_t read(unsigned number) const;
    void write(unsigned number, std::uint64_t value);
};

// All that changes while the machine runs, but for memory and the kernel.
struct Clock {
    std::uint64_t ticks = 1000;
    std::uint64_t cycles = 0;
};

extern Cpu cpus[max_harts];
extern Clock machine_clock;
Cpu& cpu();

// The running hart waits for another one; others run meanwhile.
void pause();
// The running hart has nothing to do until an interrupt is pending.
[[noreturn]] void fall_asleep();
// Ends the test: an assumption of the kernel, or about it, does not hold.
[[noreturn]] void broken(char const* reason);

}  // namespace model
