// The supervisor binary interface: what the firmware does for the kernel (RISC-V SBI 1.0).
#pragma once
#include <cstddef>
#include <cstdint>

namespace kernel::arch::sbi {

struct Answer {
    std::int64_t error;
    std::uint64_t value;
};

Answer call(std::uint64_t extension, std::uint64_t function, std::uint64_t a0 = 0,
            std::uint64_t a1 = 0, std::uint64_t a2 = 0, std::uint64_t a3 = 0, std::uint64_t a4 = 0);

// Chapter 5 (legacy) or 12 (debug console), whichever is there.
void write_console(char byte);

// Chapter 6. `time` in ticks of the time CSR.
void set_timer(std::uint64_t time);

// Chapter 7.
void send_ipi(std::uint64_t hart_id);

// Chapter 8: on return, `hart_id` holds no translation of `asid` for the range.
void remote_fence(std::uint64_t hart_id, std::uint64_t address, std::uint64_t bytes,
                  std::uint64_t asid);

// Chapter 8: on return, `hart_id` fetches what was stored before.
void remote_fence_i(std::uint64_t hart_id);

// Chapter 9: starts the hart at a physical address with `opaque` in a1.
bool start_hart(std::uint64_t hart_id, std::uint64_t address, std::uint64_t opaque);

// Chapter 10. `type` 0 is off, 1 is a cold reboot; `reason` 0 is none, 1 is a failure.
void reset(std::uint32_t type, std::uint32_t reason);

}  // namespace kernel::arch::sbi
