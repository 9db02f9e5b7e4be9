// Storage for objects of one size, carved out of frames. Guarded by the kernel lock.
#pragma once
#include "kernel/mm/frame_allocator.hpp"
#include <new>

namespace kernel {

class Slab {
public:
    constexpr explicit Slab(std::size_t object_bytes) : bytes_{round_up(object_bytes, 64)} {}

    // Room for one object, with undefined content. Errors: no_memory
    Result<void*> allocate(FrameAllocator& frames)
    {
        if (free_ == nullptr)
            TRY(refill(frames));
        Free* const item = free_;
        free_ = item->next;
        return item;
    }

    void free(void* object) { free_ = new (object) Free{free_}; }

private:
    struct Free {
        Free* next;
    };

    Result<> refill(FrameAllocator& frames)
    {
        auto* const frame = direct<std::byte>(TRY(frames.allocate()));
        for (std::size_t at = 0; at + bytes_ <= page_size; at += bytes_)
            free(frame + at);
        return {};
    }

    std::size_t const bytes_;
    Free* free_ = nullptr;
};

}  // namespace kernel
