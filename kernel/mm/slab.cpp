// Storage for objects of one size.
#include "kernel/mm/slab.hpp"
#include <new>

namespace kernel {

Result<> Slab::refill(FrameAllocator& frames)
{
    auto* const base = direct<std::byte>(TRY(frames.allocate()));
    auto* const frame = new (base) Frame{};
    for (std::uint64_t i = per_frame_; i-- > 0;)
        frame->room = new (base + alignment + i * bytes_) Room{frame->room};
    with_room_.push_front(*frame);
    return {};
}

Result<void*> Slab::allocate(FrameAllocator& frames)
{
    Guard const guard{lock_};
    if (with_room_.empty())
        TRY(refill(frames));
    Frame& frame = *with_room_.front();
    Room* const room = frame.room;
    frame.room = room->next;
    frame.used++;
    if (frame.room == nullptr)
        with_room_.remove(frame);
    return room;
}

// One empty frame is kept, so that making and dropping a single object does not move frames.
void Slab::free(FrameAllocator& frames, void* object)
{
    Guard const guard{lock_};
    auto const address = round_down(reinterpret_cast<std::uint64_t>(object), page_size);
    Frame& frame = *reinterpret_cast<Frame*>(address);
    if (frame.room == nullptr)
        with_room_.push_back(frame);
    frame.room = new (object) Room{frame.room};
    frame.used--;
    bool const is_spare = with_room_.front() != &frame || with_room_.next(frame) != nullptr;
    if (frame.used == 0 && is_spare) {
        with_room_.remove(frame);
        frames.free(physical(&frame));
    }
}

}  // namespace kernel
