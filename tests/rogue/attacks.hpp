// What the rogue program can do. An attack that returns has done no harm to its own process: it
// says "ok" or what went wrong.
#pragma once
#include <cstdint>

namespace rogue {

using Attack = int (*)(char const* argument);

struct NamedAttack {
    char const* name;
    Attack run;
};

// One instruction that only the kernel may execute, by its name.
int privileged(char const* argument);

// Accesses to an address, in hexadecimal; and to places of the program itself.
int load(char const* argument);
int store(char const* argument);
int fetch(char const* argument);
int straddle(char const* argument);
int write_text(char const* argument);
int write_constant(char const* argument);
int execute_data(char const* argument);
int execute_stack(char const* argument);
int zeroed(char const* argument);

// What RISC-V defines to be no exception, or to be one.
int arithmetic(char const* argument);
int misaligned_load(char const* argument);
int misaligned_amo(char const* argument);
int misaligned_lr(char const* argument);

// Registers of any value, in hexadecimal, through system calls, ticks and faults.
int stack_pointer(char const* argument);
int stack_pointer_fault(char const* argument);
int other_pointers(char const* argument);
int registers(char const* argument);

int loop(char const* argument);
int handles(char const* argument);
// Opens a file until that is refused; with the argument `hold` it keeps all of them, for ever.
int files(char const* argument);
// COUNT or COUNT,SEED: so many random system calls, by two threads of a process that is made again
// when it dies.
int random_calls(char const* argument);

std::uint64_t hexadecimal(char const* text);
int ok();

}  // namespace rogue
