// Instructions that only the kernel, or the firmware, may execute.
#include "tests/rogue/attacks.hpp"
#include <stdio.h>
#include <string_view>

namespace rogue {

namespace {

struct Instruction {
    std::string_view name;
    void (*run)();
};

constexpr Instruction instructions[] = {
    {"sret", [] { asm volatile("sret"); }},
    {"mret", [] { asm volatile("mret"); }},
    {"wfi", [] { asm volatile("wfi"); }},
    {"sfence.vma", [] { asm volatile("sfence.vma"); }},
    {"write-satp", [] { asm volatile("csrw satp, zero"); }},
    {"read-satp", [] { asm volatile("csrr t0, satp"
                                    :
                                    :
                                    : "t0"); }},
    {"write-sie", [] { asm volatile("csrw sie, zero"); }},
    {"write-sip", [] { asm volatile("csrs sip, 2"); }},
    {"read-sstatus", [] { asm volatile("csrr t0, sstatus"
                                       :
                                       :
                                       : "t0"); }},
    {"clear-interrupts", [] { asm volatile("csrc sstatus, 2"); }},
    {"write-stvec", [] { asm volatile("csrw stvec, zero"); }},
    {"write-sepc", [] { asm volatile("csrw sepc, zero"); }},
    {"read-sscratch", [] { asm volatile("csrr t0, sscratch"
                                        :
                                        :
                                        : "t0"); }},
    {"write-sscratch", [] { asm volatile("csrw sscratch, zero"); }},
    {"write-scounteren", [] { asm volatile("csrw scounteren, zero"); }},
    {"write-stimecmp", [] { asm volatile("csrw 0x14d, zero"); }},
    {"read-mstatus", [] { asm volatile("csrr t0, mstatus"
                                       :
                                       :
                                       : "t0"); }},
    {"write-pmpaddr0", [] { asm volatile("csrw pmpaddr0, zero"); }},
    {"write-time", [] { asm volatile("csrw 0xc01, zero"); }},
    {"hfence", [] { asm volatile(".word 0x22000073"); }},
    {"no-instruction", [] { asm volatile(".word 0"); }},
    {"vector", [] { asm volatile(".word 0x0d0072d7"); }},
};

}  // namespace

int privileged(char const* argument)
{
    for (Instruction const& instruction : instructions)
        if (instruction.name == argument) {
            instruction.run();
            return printf("%s was executed\n", argument), 1;
        }
    for (Instruction const& instruction : instructions)
        printf("%.*s ", static_cast<int>(instruction.name.size()), instruction.name.data());
    printf("\n");
    return 0;
}

}  // namespace rogue
