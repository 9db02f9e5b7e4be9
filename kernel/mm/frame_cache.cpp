// A few free frames of one hart.
#include "kernel/mm/frame_cache.hpp"

namespace kernel {

Result<> FrameCache::refill(FrameAllocator& frames)
{
    frames_[0] = TRY(frames.allocate());
    for (count_ = 1; count_ < capacity / 2; count_++) {
        auto const frame = frames.allocate();
        if (!frame)
            break;
        frames_[count_] = *frame;
    }
    return {};
}

void FrameCache::drain(FrameAllocator& frames)
{
    while (count_ > capacity / 2)
        frames.free(frames_[--count_]);
}

}  // namespace kernel
