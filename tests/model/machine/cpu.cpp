// The registers of a simulated hart.
#include "tests/model/machine/cpu.hpp"

namespace model {

Cpu cpus[max_harts];
Clock machine_clock;

std::uint64_t Cpu::pending() const
{
    std::uint64_t bits = 0;
    if (ipi)
        bits |= 1u << 1;
    if (machine_clock.ticks >= stimecmp)
        bits |= 1u << 5;
    if (external)
        bits |= 1u << 9;
    return bits;
}

std::uint64_t Cpu::read(unsigned number) const
{
    switch (number) {
    case 0x100:
        return sstatus;
    case 0x104:
        return sie;
    case 0x141:
        return sepc;
    case 0x142:
        return scause;
    case 0x143:
        return stval;
    case 0x144:
        return pending();
    case 0x180:
        return satp;
    case 0xc00:
        return ++machine_clock.cycles;
    case 0xc01:
        return machine_clock.ticks;
    default:
        broken("the kernel reads a register that the simulated machine does not have");
    }
}

void Cpu::write(unsigned number, std::uint64_t value)
{
    switch (number) {
    case 0x100:
        sstatus = value;
        return;
    case 0x104:
        sie = value;
        return;
    case 0x141:
        sepc = value;
        return;
    case 0x144:
        ipi = (value & 2) != 0;
        return;
    case 0x14d:
        stimecmp = value;
        return;
    case 0x180:
        satp = value;
        return;
    default:
        broken("the kernel writes a register that the simulated machine does not have");
    }
}

}  // namespace model
