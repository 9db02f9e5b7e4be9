// A few free frames of one hart: harts that bring pages in at the same time rarely meet.
#pragma once
#include "kernel/mm/frame_allocator.hpp"

namespace kernel {

// Used by its hart alone; others may read the count.
class FrameCache {
public:
    // Errors: no_memory
    Result<PhysAddr> take(FrameAllocator& frames)
    {
        if (count_ == 0)
            TRY(refill(frames));
        return frames_[--count_];
    }

    void give(FrameAllocator& frames, PhysAddr frame)
    {
        if (count_ == capacity)
            drain(frames);
        frames_[count_++] = frame;
    }

    std::uint64_t count() const { return count_; }

private:
    static constexpr std::uint64_t capacity = 16;

    Result<> refill(FrameAllocator& frames);
    void drain(FrameAllocator& frames);

    std::uint64_t count_ = 0;
    PhysAddr frames_[capacity]{};
};

}  // namespace kernel
