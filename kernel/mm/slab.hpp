// Storage for objects of one size, carved out of frames; empty frames go back. Each hart keeps room
// for one at hand, so that harts that make and drop objects in turn do not meet.
#pragma once
#include "kernel/arch/riscv64/hart.hpp"
#include "kernel/mm/frame_allocator.hpp"

namespace kernel {

// Has a lock of its own, before the frame allocator's.
class Slab {
public:
    constexpr explicit Slab(std::size_t object_bytes)
        : bytes_{round_up(object_bytes, alignment)}, per_frame_{(page_size - alignment) / bytes_},
          charge_bytes_{page_size / per_frame_}
    {
    }

    // What an object costs its payer: its share of a frame.
    std::uint64_t charge_bytes() const { return charge_bytes_; }

    // Room for one object, with undefined content; null if there is no memory.
    void* allocate(FrameAllocator& frames);
    void free(FrameAllocator& frames, void* object);

private:
    static constexpr std::size_t alignment = 64;

    struct Room {
        Room* next;
    };
    // At the beginning of each frame.
    struct Frame {
        ListLink<Frame> link;  // in the list of those with room
        Room* room = nullptr;
        std::uint64_t used = 0;
    };
    static_assert(sizeof(Frame) <= alignment);

    bool refill(FrameAllocator& frames);
    [[gnu::noinline]] void* take(FrameAllocator& frames);
    [[gnu::noinline]] void put_back(FrameAllocator& frames, void* object);

    Room* at_hand_[max_harts]{};
    SpinLock lock_;  // guards the list and what it leads to
    std::size_t const bytes_;
    std::uint64_t const per_frame_;
    std::uint64_t const charge_bytes_;
    IntrusiveList<Frame, &Frame::link> with_room_;
};

template <class T>
struct SlabOf : Slab {
    constexpr SlabOf() : Slab{sizeof(T)} {}
};

}  // namespace kernel
