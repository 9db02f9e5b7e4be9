// Storage for objects of one size.
#include "kernel/mm/slab.hpp"
#include <new>

namespace kernel {

bool Slab::refill(FrameAllocator& frames)
{
    auto const found = frames.allocate();
    if (!found)
        return false;
    auto* const base = direct<std::byte>(*found);
    auto* const frame = new (base) Frame{};
    for (std::uint64_t i = per_frame_; i-- > 0;)
        frame->room = new (base + alignment + i * bytes_) Room{frame->room};
    with_room_.push_front(*frame);
    return true;
}

void* Slab::allocate(FrameAllocator& frames)
{
    Room*& at_hand = at_hand_[this_hart().index];
    if (at_hand != nullptr)
        return std::exchange(at_hand, nullptr);
    return take(frames);
}

void Slab::free(FrameAllocator& frames, void* object)
{
    Room*& at_hand = at_hand_[this_hart().index];
    if (at_hand != nullptr)
        return put_back(frames, object);
    at_hand = new (object) Room{};
}

void* Slab::take(FrameAllocator& frames)
{
    Guard const guard{lock_};
    if (with_room_.empty() && !refill(frames))
        return nullptr;
    Frame& frame = *with_room_.front();
    Room* const room = frame.room;
    frame.room = room->next;
    frame.used++;
    if (frame.room == nullptr)
        with_room_.remove(frame);
    return room;
}

// One empty frame is kept, so that making and dropping a single object does not move frames.
void Slab::put_back(FrameAllocator& frames, void* object)
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
