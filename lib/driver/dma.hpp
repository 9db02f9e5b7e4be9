// Dma: memory that a device reaches. Without an IOMMU a device reaches all memory, and a driver
// that holds a DMA space is trusted with it.
#pragma once
#include "lib/sys/environment.hpp"
#include "lib/sys/memory.hpp"

namespace driver {

// Bytes here, and where the device finds them.
struct DmaRange {
    std::span<std::byte> bytes;
    std::uint64_t dma_address{};

    DmaRange part(std::size_t offset, std::size_t length) const
    {
        return {bytes.subspan(offset, length), dma_address + offset};
    }
};

class [[nodiscard]] Dma {
public:
    // Takes the grants "dma" and "memory" (interfaces/devmgr.capnp).
    // Errors: not_granted
    static Result<Dma> create(sys::Environment& environment);

    // Contiguous pages for what driver and device tell each other. They outlive the driver, so they
    // hold what its predecessor left.
    DmaRange memory() const { return {mapping_.bytes(), memory_address_}; }

    // Where the device finds a page of any other memory.
    // Errors: no_right - `memory` came without the right `dma`
    //         out_of_range - it has no such page
    Result<std::uint64_t> address(sys::HandleValue memory, std::uint64_t page) const
    {
        return sys::memory_dma_address(space_.value(), memory, page);
    }

private:
    Dma() = default;

    sys::Handle space_;
    sys::Mapping mapping_;
    std::uint64_t memory_address_ = 0;
};

}  // namespace driver
