// Physical memory in frames of 4 KiB: a buddy allocator whose free lists live in the free frames.
#pragma once
#include "kernel/mm/layout.hpp"
#include "kernel/mm/spin_lock.hpp"
#include "lib/base/intrusive_list.hpp"
#include "lib/base/result.hpp"
#include <bit>

namespace kernel {

// Has a lock of its own, the last in the order.
class FrameAllocator {
public:
    static constexpr unsigned max_order = 18;  // 1 GiB

    // One for each frame, whether it is the allocator's or not.
    using Book = std::uint32_t;

    // Takes over [begin, end) as the span it keeps books of.
    void initialise(PhysAddr begin, PhysAddr end, Book* books);
    // Puts [begin, end) at the allocator's disposal.
    void add(PhysAddr begin, PhysAddr end);

    // 2^order contiguous frames, aligned to their size, with undefined content.
    // Errors: no_memory
    Result<PhysAddr> allocate(unsigned order = 0);
    Result<PhysAddr> allocate_zeroed(unsigned order = 0);
    void free(PhysAddr address, unsigned order = 0);

    // A frame of its own may have several holders; only a holder can add another one. They take no
    // lock. Each drops the frame, and frees it if drop() says that it was the last.
    void share(PhysAddr frame) { book(frame).fetch_add(1, std::memory_order_relaxed); }
    bool is_shared(PhysAddr frame) const
    {
        return book(frame).load(std::memory_order_acquire) != in_use;
    }
    [[nodiscard]] bool drop(PhysAddr frame);

    // The book of a frame that will always have one holder can lead to another frame, or to none.
    // Before it is freed, unlink() says to which.
    void link(PhysAddr frame, PhysAddr next)
    {
        if (next)
            books_[frame_index(frame)] = in_use | static_cast<Book>(1 + frame_index(next));
    }
    PhysAddr unlink(PhysAddr frame)
    {
        std::uint64_t const next = std::exchange(books_[frame_index(frame)], in_use) & ~in_use;
        return next == 0 ? PhysAddr{} : PhysAddr{begin_ + (next - 1) * page_size};
    }

    std::uint64_t total_frames() const { return total_; }
    std::uint64_t free_frames() const { return free_; }

    static unsigned order_for(std::uint64_t pages)
    {
        return static_cast<unsigned>(std::bit_width(pages - 1));
    }

private:
    struct FreeBlock {
        ListLink<FreeBlock> link;
    };
    using FreeList = IntrusiveList<FreeBlock, &FreeBlock::link>;

    // In use, by one holder; more holders are added to it. Else: the order of the free block that
    // begins here.
    static constexpr Book in_use = 1u << 31;

    std::uint64_t frame_index(PhysAddr address) const
    {
        return (address.value - begin_) / page_size;
    }
    std::atomic_ref<Book> book(PhysAddr frame) const
    {
        return std::atomic_ref{books_[frame_index(frame)]};
    }
    void insert(PhysAddr address, unsigned order);
    void remove(PhysAddr address, unsigned order);

    SpinLock lock_;
    std::uint64_t begin_ = 0;
    std::uint64_t end_ = 0;
    Book* books_ = nullptr;
    std::uint64_t total_ = 0;
    std::uint64_t free_ = 0;
    FreeList lists_[max_order + 1];
};

void zero_frames(PhysAddr address, std::uint64_t count);
void copy_frame(PhysAddr to, PhysAddr from);

}  // namespace kernel
