// What the machine lets a device reach by DMA.
#include "kernel/object/dma_space.hpp"
#include "kernel/kernel.hpp"

namespace kernel {

bool DmaSpace::has_pinned(Memory const& memory) const
{
    for (Pin const& pin : pins_)
        if (pin.memory.get() == &memory)
            return true;
    return false;
}

Result<> DmaSpace::pin(Memory& memory)
{
    void* const room = TRY(payer()->allocate(system.pin_slab));
    pins_.push_front(*new (room) Pin{Reference{&memory}, {}});
    return {};
}

Result<std::uint64_t> DmaSpace::address(Memory& memory, std::uint64_t page)
{
    PhysAddr const frame = TRY(memory.pin(page));
    if (!has_pinned(memory))
        TRY(pin(memory));
    return frame.value;
}

void DmaSpace::release()
{
    while (Pin* const pin = pins_.take_front()) {
        pin->~Pin();
        payer()->free(system.pin_slab, pin);
    }
}

}  // namespace kernel
