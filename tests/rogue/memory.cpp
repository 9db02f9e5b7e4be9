// Accesses to what is not the program's, or not for that.
#include "lib/sys/memory.hpp"
#include "tests/rogue/attacks.hpp"
#include <stdio.h>

namespace rogue {

namespace {

int survived(char const* what)
{
    printf("%s was possible\n", what);
    return 1;
}

// The instructions `li a0, 1; ret`.
constexpr std::uint32_t return_one[] = {0x00100513, 0x00008067};

int execute(void const* code)
{
    asm volatile("fence.i");
    asm volatile("jalr %0" : : "r"(code) : "ra", "a0", "memory");
    return survived("execution");
}

}  // namespace

int load(char const* argument)
{
    std::uint64_t value;
    asm volatile("ld %0, 0(%1)" : "=r"(value) : "r"(hexadecimal(argument)));
    printf("%lx\n", value);
    return survived("load");
}

int store(char const* argument)
{
    asm volatile("sd zero, 0(%0)" : : "r"(hexadecimal(argument)) : "memory");
    return survived("store");
}

int fetch(char const* argument)
{
    asm volatile("jalr %0" : : "r"(hexadecimal(argument)) : "ra", "memory");
    return survived("jump");
}

// An access that begins on the last page of a mapping and ends behind it.
int straddle(char const*)
{
    auto const memory = sys::memory_create(abi::MemoryKind::anonymous, 1);
    auto const begin = sys::map({.memory = memory->value(), .page_count = 1, .protection = 3});
    std::uint64_t value;
    asm volatile("ld %0, 0(%1)" : "=r"(value) : "r"(*begin + abi::page_size - 4));
    return survived("access");
}

int write_text(char const*)
{
    asm volatile("sw zero, 0(%0)" : : "r"(&write_text) : "memory");
    return survived("store");
}

// Not a small constant: those are with the small variables.
int write_constant(char const*)
{
    static constexpr char text[] = "a constant that is not small";
    asm volatile("sw zero, 0(%0)" : : "r"(text) : "memory");
    return survived("store");
}

int execute_data(char const*)
{
    static std::uint32_t code[2];
    code[0] = return_one[0];
    code[1] = return_one[1];
    return execute(code);
}

int execute_stack(char const*)
{
    std::uint32_t const volatile code[2] = {return_one[0], return_one[1]};
    return execute(const_cast<std::uint32_t const*>(code));
}

// Leaves a secret in much memory, after it has looked for another's.
int zeroed(char const*)
{
    constexpr std::uint64_t pages = 2048;
    auto const memory = sys::memory_create(abi::MemoryKind::anonymous, pages);
    auto const begin = sys::map({.memory = memory->value(), .page_count = pages, .protection = 3});
    auto* const words = reinterpret_cast<std::uint64_t volatile*>(*begin);
    for (std::uint64_t i = 0; i < pages * abi::page_size / sizeof *words; i++) {
        if (words[i] != 0)
            return printf("found %lx\n", words[i]), 1;
        words[i] = 0x5ec2e75ec2e7;
    }
    return ok();
}

}  // namespace rogue
