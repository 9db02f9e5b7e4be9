// What the machine lets a device reach by DMA. Without an IOMMU that is all memory, so a driver
// that holds one is trusted with it.
#pragma once
#include "kernel/object/memory.hpp"

namespace kernel {

// Keeps the memory whose addresses it gave away: a device may go on with them when the driver and
// the owner of the memory are long gone. Who makes the space resets the device before dropping it.
class DmaSpace final : public Object {
public:
    static constexpr ObjectType object_type = ObjectType::dma_space;
    static constexpr abi::Rights rights = abi::rights(abi::Right::dma, abi::Right::duplicate);

    explicit DmaSpace(Process& payer) : Object{object_type, &payer} {}

    // The address that the device uses for a page. Errors: out_of_range, no_memory
    Result<std::uint64_t> address(Memory& memory, std::uint64_t page);
    // Lets go of all memory.
    void release();

    struct Pin {
        Reference<Memory> memory;
        ListLink<Pin> link;
    };

private:
    bool has_pinned(Memory const& memory) const;
    Result<> pin(Memory& memory);

    IntrusiveList<Pin, &Pin::link> pins_;
};

}  // namespace kernel
