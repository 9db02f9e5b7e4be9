// The registers of a thread that does not run.
#pragma once
#include "abi/message.hpp"
#include <cstddef>
#include <cstdint>
#include <utility>

namespace kernel {

// Register numbers of the calling convention (RISC-V psABI).
namespace reg {
inline constexpr std::size_t pc = 0;  // x0 needs no room, so its place holds the pc
inline constexpr std::size_t ra = 1;
inline constexpr std::size_t sp = 2;
inline constexpr std::size_t gp = 3;
inline constexpr std::size_t tp = 4;
inline constexpr std::size_t t0 = 5;
inline constexpr std::size_t t1 = 6;
inline constexpr std::size_t t2 = 7;
inline constexpr std::size_t fp = 8;
inline constexpr std::size_t a0 = 10;
inline constexpr std::size_t a1 = 11;
inline constexpr std::size_t a2 = 12;
inline constexpr std::size_t a3 = 13;
inline constexpr std::size_t a4 = 14;
inline constexpr std::size_t a5 = 15;
inline constexpr std::size_t a6 = 16;
inline constexpr std::size_t a7 = 17;
}  // namespace reg

// trap.S knows this layout. A thread inside `call` or `reply` has only sp, gp, tp, s0 to s11, pc
// and the arguments in here; after finish_call() it has its results, and after complete() the rest.
struct Frame {
    std::uint64_t x[32];
    std::uint64_t stack_pointer;  // of a worker: where each call starts
    abi::MessageBuffer* buffer;
    std::uint64_t uses_fp;           // of a worker: its last calls used floating-point registers
    std::uint64_t has_only_results;  // of a call: all else that it clobbers is to read as zero

    // Gives the thread the results of a system call.
    void finish_call(std::uint64_t status, std::uint64_t value = 0)
    {
        x[reg::a0] = status;
        x[reg::a1] = value;
        has_only_results = 1;
    }

    // For who looks at all of it.
    void complete()
    {
        if (std::exchange(has_only_results, 0) == 0)
            return;
        clear_temporaries();
        x[12] = x[13] = x[14] = x[15] = x[16] = x[17] = 0;  // a2 to a7
    }

    static constexpr std::uint64_t ecall_bytes = 4;
    // The thread makes its system call once more.
    void ask_again()
    {
        clear_temporaries();
        x[reg::pc] -= ecall_bytes;
    }

private:
    void clear_temporaries()
    {
        x[reg::ra] = x[reg::t0] = x[reg::t1] = x[reg::t2] = 0;
        x[28] = x[29] = x[30] = x[31] = 0;  // t3 to t6
    }
};

static_assert(offsetof(Frame, stack_pointer) == 256);  // trap.S
static_assert(offsetof(Frame, buffer) == 264);
static_assert(offsetof(abi::MessageBuffer, upcall.entry) == 688);
static_assert(offsetof(abi::MessageBuffer, upcall.thread_pointer) == 696);
static_assert(offsetof(abi::MessageBuffer, upcall.registers) == 712);
static_assert(offsetof(Frame, uses_fp) == 272);

// f0 to f31 and fcsr, as save_fp() and load_fp() lay them out.
struct FpState {
    std::uint64_t f[32];
    std::uint64_t fcsr;
};

class Thread;

extern "C" void save_fp(FpState* state);
// Returns the thread, which it does not look at.
extern "C" Thread* load_fp(Thread* thread, FpState const* state);

}  // namespace kernel
