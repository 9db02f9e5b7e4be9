// What the kernel asks of the machine around the harts: firmware, interrupt controller, console.
#include "tests/model/machine/firmware.hpp"
#include "kernel/arch/riscv64/instructions.hpp"
#include "kernel/arch/riscv64/sbi.hpp"
#include "kernel/debug/report.hpp"
#include "kernel/object/interrupt.hpp"
#include "tests/model/machine/machine.hpp"
#include <cstdio>

namespace kernel {

namespace arch {

namespace sbi {

Answer call(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
            std::uint64_t, std::uint64_t)
{
    return {-2, 0};  // not supported
}

void write_console(char byte)
{
    if (model::machine.log_console)
        std::putchar(byte);
}

void set_timer(std::uint64_t time) { model::cpu().stimecmp = time; }

void send_ipi(std::uint64_t hart_id)
{
    if (hart_id >= system.hart_count)
        model::broken("an interrupt is sent to a hart that does not exist");
    model::cpus[hart_id].ipi = true;
    if (model::FirmwareLog::current != nullptr)
        model::FirmwareLog::current->ipis.push_back(hart_id);
}

void remote_fence(std::uint64_t hart_id, std::uint64_t address, std::uint64_t bytes,
                  std::uint64_t asid)
{
    if (model::FirmwareLog::current != nullptr)
        model::FirmwareLog::current->fences.push_back({hart_id, address, bytes, asid});
}

void remote_fence_i(std::uint64_t) {}
bool start_hart(std::uint64_t, std::uint64_t, std::uint64_t) { return false; }
void reset(std::uint32_t, std::uint32_t) {}

}  // namespace sbi

void synchronise_instructions() {}

void Plic::initialise(PhysAddr, std::uint32_t sources) { sources_ = sources; }
void Plic::set_context(std::size_t hart_index, std::uint32_t context)
{
    contexts_[hart_index] = context;
}
void Plic::open(std::size_t) {}

bool Plic::is_free(std::uint32_t source) const
{
    return source != 0 && source <= sources_ && interrupts_[source] == nullptr;
}

void Plic::attach(Interrupt& interrupt, std::size_t hart_index)
{
    interrupts_[interrupt.source] = &interrupt;
    routed_to_[interrupt.source] = static_cast<std::uint32_t>(hart_index);
}

void Plic::detach(Interrupt& interrupt)
{
    if (interrupt.claimed)
        complete(interrupt.source);
    interrupts_[interrupt.source] = nullptr;
}

// Each source that is attached and not claimed delivers when the hart's line is up.
Interrupt* Plic::claim(std::size_t hart_index)
{
    for (std::uint32_t source = 1; source <= sources_; source++) {
        Interrupt* const interrupt = interrupts_[source];
        if (interrupt != nullptr && routed_to_[source] == hart_index && !interrupt->claimed)
            return interrupt;
    }
    model::cpus[hart_index].external = false;
    return nullptr;
}

void Plic::complete(std::uint32_t) {}

}  // namespace arch

namespace debug {

void panic(std::string_view reason, Frame const*)
{
    model::machine.break_off("kernel panic: " + std::string{reason});
}

void end_of_init(Process const&) { model::broken("the first process has ended"); }
void print_symbol(std::uint64_t) {}
void fail_machine() {}

}  // namespace debug

}  // namespace kernel
