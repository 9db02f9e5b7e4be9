// AttachedBuffer: a client's memory that takes part in transfers, and where the device finds it.
#pragma once
#include "generated/interfaces/kernel.hpp"
#include "lib/driver/dma.hpp"

class AttachedBuffer {
public:
    // Errors: bad_handle, wrong_type - `memory` is none; no_memory
    static Result<AttachedBuffer> create(driver::Dma const& dma, Memory memory);

    // Where the device finds page `index`. The kernel is asked once for each page.
    // Errors: out_of_range; no_right - the memory came without the right `dma`
    Result<std::uint64_t> dma_address(std::uint64_t index);

    // Transfers that use it: the memory stays as long as there are any.
    std::uint32_t transfers = 0;

private:
    AttachedBuffer(driver::Dma const& dma, Memory memory) : dma_{&dma}, memory_{std::move(memory)}
    {
    }

    driver::Dma const* dma_;
    Memory memory_;
    sys::Mapping address_pages_;
    std::span<std::uint64_t> addresses_;  // by page; 0: not asked for yet
};
