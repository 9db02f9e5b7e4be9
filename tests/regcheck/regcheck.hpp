// Fills registers with values and looks whether they are still there.
#pragma once
#include <cstdint>

extern "C" {

// Fills all registers but sp, gp and tp, integer and floating-point, with values made from `seed`,
// and compares them `rounds` times. Returns how many differed.
std::uint64_t check_registers(std::uint64_t seed, std::uint64_t rounds);

// Fills what a function must keep, s0 to s11 and the floating-point registers, calls the endpoint,
// and compares. Returns how many differed, and how many of the others were not zero afterwards.
std::uint64_t check_registers_across_call(std::uint64_t seed, std::uint64_t endpoint);

// Fills the integer registers, but for sp, gp and tp, makes a system call that is not the kernel's,
// and compares. Its handler should add 1 to a0 and go on after the call. Returns how many differed.
std::uint64_t check_registers_across_foreign_call(std::uint64_t seed);

// A pool's entry: answers in the first word how many registers were not zero at the start of the
// call, apart from sp, gp, tp and the message; and fills all of them before it replies.
void check_registers_of_worker();

}  // extern "C"
