// The platform-level interrupt controller (RISC-V PLIC specification 1.0).
#pragma once
#include "kernel/mm/layout.hpp"

namespace kernel {
class Interrupt;
}

namespace kernel::arch {

// Between claim() and complete() the same source does not arrive again. Complete before disabling:
// a PLIC ignores the completion of a source that is off, and the device would be silent for ever.
// Guarded by the kernel lock.
class Plic {
public:
    static constexpr std::uint32_t max_sources = 256;

    void initialise(PhysAddr base, std::uint32_t sources);
    // `context` is the controller's number for the hart in supervisor mode.
    void set_context(std::size_t hart_index, std::uint32_t context);
    // Lets the calling hart's context deliver.
    void open(std::size_t hart_index);

    bool is_free(std::uint32_t source) const;
    void attach(Interrupt& interrupt, std::size_t hart_index);
    void detach(Interrupt& interrupt);

    // The interrupt that the hart is to take; null if there is none, or nobody's.
    Interrupt* claim(std::size_t hart_index);
    void complete(std::uint32_t source);

private:
    std::uint32_t volatile& word(std::uint64_t offset) const;
    void enable(std::uint32_t source, std::uint32_t context, bool on);

    std::uint64_t base_ = 0;
    std::uint32_t sources_ = 0;
    std::uint32_t contexts_[8]{};
    Interrupt* interrupts_[max_sources]{};
    std::uint32_t routed_to_[max_sources]{};  // context that delivers the source
};

}  // namespace kernel::arch
