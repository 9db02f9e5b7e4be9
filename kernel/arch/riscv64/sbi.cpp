// The supervisor binary interface.
#include "kernel/arch/riscv64/sbi.hpp"

namespace kernel::arch::sbi {

namespace {
constexpr std::uint64_t legacy_console = 0x01;
constexpr std::uint64_t timer_extension = 0x54494d45;
constexpr std::uint64_t ipi_extension = 0x735049;
constexpr std::uint64_t rfence_extension = 0x52464e43;
constexpr std::uint64_t hsm_extension = 0x48534d;
constexpr std::uint64_t reset_extension = 0x53525354;
}  // namespace

Answer call(std::uint64_t extension, std::uint64_t function, std::uint64_t arg0, std::uint64_t arg1,
            std::uint64_t arg2, std::uint64_t arg3, std::uint64_t arg4)
{
    register std::uint64_t a0 asm("a0") = arg0;
    register std::uint64_t a1 asm("a1") = arg1;
    register std::uint64_t a2 asm("a2") = arg2;
    register std::uint64_t a3 asm("a3") = arg3;
    register std::uint64_t a4 asm("a4") = arg4;
    register std::uint64_t a6 asm("a6") = function;
    register std::uint64_t a7 asm("a7") = extension;
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1)
                 : "r"(a2), "r"(a3), "r"(a4), "r"(a6), "r"(a7)
                 : "memory");
    return {static_cast<std::int64_t>(a0), a1};
}

void write_console(char byte) { call(legacy_console, 0, static_cast<unsigned char>(byte)); }

void set_timer(std::uint64_t time) { call(timer_extension, 0, time); }

void send_ipi(std::uint64_t hart_id) { call(ipi_extension, 0, 1, hart_id); }

void remote_fence(std::uint64_t hart_id, std::uint64_t address, std::uint64_t bytes,
                  std::uint64_t asid)
{
    call(rfence_extension, 2, 1, hart_id, address, bytes, asid);
}

void remote_fence_i(std::uint64_t hart_id) { call(rfence_extension, 0, 1, hart_id); }

bool start_hart(std::uint64_t hart_id, std::uint64_t address, std::uint64_t opaque)
{
    return call(hsm_extension, 0, hart_id, address, opaque).error == 0;
}

void reset(std::uint32_t type, std::uint32_t reason) { call(reset_extension, 0, type, reason); }

}  // namespace kernel::arch::sbi
