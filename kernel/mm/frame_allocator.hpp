// Physical memory in frames of 4 KiB: a buddy allocator whose free lists live in the free frames.
#pragma once
#include "kernel/mm/layout.hpp"
#include "lib/base/intrusive_list.hpp"
#include "lib/base/result.hpp"

namespace kernel {

// Guarded by the kernel lock.
class FrameAllocator {
public:
    static constexpr unsigned max_order = 18;  // 1 GiB

    // Takes over [begin, end) as the span it keeps books of; `books` has a byte for each frame.
    void initialise(PhysAddr begin, PhysAddr end, std::uint8_t* books);
    // Puts [begin, end) at the allocator's disposal.
    void add(PhysAddr begin, PhysAddr end);

    // 2^order contiguous frames, aligned to their size, with undefined content.
    // Errors: no_memory
    Result<PhysAddr> allocate(unsigned order = 0);
    Result<PhysAddr> allocate_zeroed(unsigned order = 0);
    void free(PhysAddr address, unsigned order = 0);

    std::uint64_t total_frames() const { return total_; }
    std::uint64_t free_frames() const { return free_; }

    static unsigned order_for(std::uint64_t pages)
    {
        unsigned order = 0;
        while ((1ull << order) < pages)
            order++;
        return order;
    }

private:
    struct FreeBlock {
        ListLink<FreeBlock> link;
    };
    using FreeList = IntrusiveList<FreeBlock, &FreeBlock::link>;

    static constexpr std::uint8_t in_use =
        0xff;  // else: the order of the free block that begins here

    std::uint64_t frame_index(PhysAddr address) const
    {
        return (address.value - begin_) / page_size;
    }
    void insert(PhysAddr address, unsigned order);
    void remove(PhysAddr address, unsigned order);

    std::uint64_t begin_ = 0;
    std::uint64_t end_ = 0;
    std::uint8_t* books_ = nullptr;
    std::uint64_t total_ = 0;
    std::uint64_t free_ = 0;
    FreeList lists_[max_order + 1];
};

void zero_frames(PhysAddr address, std::uint64_t count);

}  // namespace kernel
