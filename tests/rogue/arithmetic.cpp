// What RISC-V says of division and of addresses that are not aligned (unprivileged manual, chapters
// "M" and "A").
#include "tests/rogue/attacks.hpp"
#include <stdio.h>

namespace rogue {

namespace {

alignas(64) constinit char bytes[64] = "0123456789abcdef";

bool division_is_right()
{
    std::uint64_t quotient;
    std::uint64_t remainder;
    std::uint64_t overflow;
    std::uint64_t const most_negative = 1ull << 63;
    asm volatile("div %0, %1, zero" : "=r"(quotient) : "r"(7));
    asm volatile("rem %0, %1, zero" : "=r"(remainder) : "r"(7));
    asm volatile("div %0, %1, %2" : "=r"(overflow) : "r"(most_negative), "r"(-1));
    return quotient == ~0ull && remainder == 7 && overflow == most_negative;
}

}  // namespace

int arithmetic(char const*)
{
    double const zero = 0;
    double volatile quotient = 1 / zero;
    bool const is_infinite = quotient > 1e308;
    return division_is_right() && is_infinite ? ok() : (printf("wrong results\n"), 1);
}

// The hart, or the firmware, may do it; or it is an exception.
int misaligned_load(char const*)
{
    std::uint64_t value;
    asm volatile("ld %0, 0(%1)" : "=r"(value) : "r"(bytes + 1));
    return value == 0x3837363534333231 ? ok() : (printf("found %lx\n", value), 1);
}

int misaligned_amo(char const*)
{
    asm volatile("amoadd.d zero, %0, (%1)" : : "r"(1), "r"(bytes + 1) : "memory");
    return printf("an atomic operation was possible\n"), 1;
}

int misaligned_lr(char const*)
{
    asm volatile("lr.d t0, (%0)" : : "r"(bytes + 1) : "t0", "memory");
    return printf("a reservation was possible\n"), 1;
}

}  // namespace rogue
