// Registers with values that nothing can be done with: the kernel must not care.
#include "lib/sys/clock.hpp"
#include "lib/sys/syscalls.hpp"
#include "tests/regcheck/regcheck.hpp"
#include "tests/rogue/attacks.hpp"
#include <stdio.h>
#include <stdlib.h>

namespace rogue {

namespace {

constexpr std::uint64_t nop = abi::number(abi::Syscall::nop);

// A system call, and time for several ticks.
void call_and_spin_with_stack_at(std::uint64_t value, abi::Ticks end)
{
    asm volatile(R"(
        mv   s2, sp
        mv   sp, %[value]
        mv   a7, %[nop]
        ecall
    1:  rdtime t0
        bltu t0, %[end], 1b
        mv   a7, %[nop]
        ecall
        xor  s3, sp, %[value]
        mv   sp, s2
        beqz s3, 2f
        ebreak
    2:)"
                 :
                 : [value] "r"(value), [end] "r"(end), [nop] "r"(nop)
                 : "ra", "s2", "s3", "s4", "s5", "s6", "t0", "t1", "t2", "t3", "t4", "t5", "t6",
                   "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "memory");
}

void call_and_spin_with_pointers_at(std::uint64_t value, abi::Ticks end)
{
    asm volatile(R"(
        mv   s2, tp
        mv   s3, gp
        mv   tp, %[value]
        mv   gp, %[value]
        mv   a7, %[nop]
        ecall
    1:  rdtime t0
        bltu t0, %[end], 1b
        mv   a7, %[nop]
        ecall
        xor  s4, tp, %[value]
        xor  s5, gp, %[value]
        mv   tp, s2
        mv   gp, s3
        or   s4, s4, s5
        beqz s4, 2f
        ebreak
    2:)"
                 :
                 : [value] "r"(value), [end] "r"(end), [nop] "r"(nop)
                 : "ra", "s2", "s3", "s4", "s5", "s6", "t0", "t1", "t2", "t3", "t4", "t5", "t6",
                   "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "memory");
}

}  // namespace

int stack_pointer(char const* argument)
{
    call_and_spin_with_stack_at(hexadecimal(argument), sys::after_milliseconds(60));
    return ok();
}

// The frame pointer is as wild: the kernel's backtrace must stand it.
int stack_pointer_fault(char const* argument)
{
    asm volatile("mv sp, %0\nmv s0, %0\nld t0, 8(zero)" : : "r"(hexadecimal(argument)));
    return 1;
}

int other_pointers(char const* argument)
{
    call_and_spin_with_pointers_at(hexadecimal(argument), sys::after_milliseconds(60));
    return ok();
}

// For so many milliseconds, all registers but sp, gp and tp.
int registers(char const* argument)
{
    abi::Ticks const end = sys::after_milliseconds(strtoull(argument, nullptr, 10));
    std::uint64_t differences = 0;
    for (std::uint64_t seed = sys::now(); sys::now() < end; seed += 1ull << 32)
        differences += check_registers(seed, 500);
    if (differences != 0)
        return printf("registers: %lu differ\n", differences), 1;
    return ok();
}

int loop(char const*)
{
    for (;;) {
    }
}

}  // namespace rogue
