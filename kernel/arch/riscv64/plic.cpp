// The platform-level interrupt controller.
#include "kernel/arch/riscv64/plic.hpp"
#include "kernel/object/interrupt.hpp"

namespace kernel::arch {

namespace {
constexpr std::uint64_t priority_offset = 0x0;
constexpr std::uint64_t enable_offset = 0x2000;
constexpr std::uint64_t enable_stride = 0x80;
constexpr std::uint64_t threshold_offset = 0x200000;
constexpr std::uint64_t claim_offset = 0x200004;
constexpr std::uint64_t context_stride = 0x1000;
}  // namespace

std::uint32_t volatile& Plic::word(std::uint64_t offset) const
{
    return *direct<std::uint32_t volatile>(PhysAddr{base_ + offset});
}

void Plic::initialise(PhysAddr base, std::uint32_t sources)
{
    base_ = base.value;
    sources_ = sources < max_sources ? sources : max_sources - 1;
}

void Plic::set_context(std::size_t hart_index, std::uint32_t context)
{
    contexts_[hart_index] = context;
}

void Plic::open(std::size_t hart_index)
{
    word(threshold_offset + contexts_[hart_index] * context_stride) = 0;
}

bool Plic::is_free(std::uint32_t source) const
{
    return source != 0 && source <= sources_ && interrupts_[source] == nullptr;
}

void Plic::enable(std::uint32_t source, std::uint32_t context, bool on)
{
    auto& enables = word(enable_offset + context * enable_stride + source / 32 * 4);
    std::uint32_t const bit = 1u << source % 32;
    enables = on ? enables | bit : enables & ~bit;
}

void Plic::attach(Interrupt& interrupt, std::size_t hart_index)
{
    interrupts_[interrupt.source] = &interrupt;
    routed_to_[interrupt.source] = contexts_[hart_index];
    word(priority_offset + 4ull * interrupt.source) = 1;
    enable(interrupt.source, contexts_[hart_index], true);
}

void Plic::detach(Interrupt& interrupt)
{
    if (interrupt.claimed)
        complete(interrupt.source);
    enable(interrupt.source, routed_to_[interrupt.source], false);
    interrupts_[interrupt.source] = nullptr;
}

Interrupt* Plic::claim(std::size_t hart_index)
{
    std::uint32_t const source = word(claim_offset + contexts_[hart_index] * context_stride);
    if (source == 0 || source > sources_)
        return nullptr;
    if (interrupts_[source] == nullptr)
        word(claim_offset + contexts_[hart_index] * context_stride) = source;
    return interrupts_[source];
}

void Plic::complete(std::uint32_t source)
{
    word(claim_offset + routed_to_[source] * context_stride) = source;
}

}  // namespace kernel::arch
