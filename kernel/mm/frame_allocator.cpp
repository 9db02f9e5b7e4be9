// Physical memory in frames of 4 KiB.
#include "kernel/mm/frame_allocator.hpp"
#include <cstring>
#include <new>

namespace kernel {

void zero_frames(PhysAddr address, std::uint64_t count)
{
    auto* word = direct<std::uint64_t>(address);
    auto* const end = word + count * page_size / sizeof *word;
    for (; word != end; word += 8) {
#pragma GCC unroll 8
        for (int i = 0; i < 8; i++)
            word[i] = 0;
    }
}

void copy_frame(PhysAddr to, PhysAddr from)
{
    std::memcpy(direct<void>(to), direct<void>(from), page_size);
}

void FrameAllocator::initialise(PhysAddr begin, PhysAddr end, Book* books)
{
    begin_ = begin.value;
    end_ = end.value;
    books_ = books;
    for (std::uint64_t i = 0; i < (end_ - begin_) / page_size; i++)
        books_[i] = in_use;
}

void FrameAllocator::add(PhysAddr begin, PhysAddr end)
{
    for (std::uint64_t at = begin.value; at < end.value;) {
        unsigned order = max_order;
        while (at % (page_size << order) != 0 || at + (page_size << order) > end.value)
            order--;
        insert(PhysAddr{at}, order);
        free_ += 1ull << order;
        total_ += 1ull << order;
        at += page_size << order;
    }
}

void FrameAllocator::insert(PhysAddr address, unsigned order)
{
    books_[frame_index(address)] = order;
    lists_[order].push_front(*new (direct<void>(address)) FreeBlock{});
}

void FrameAllocator::remove(PhysAddr address, unsigned order)
{
    books_[frame_index(address)] = in_use;
    lists_[order].remove(*direct<FreeBlock>(address));
}

Result<PhysAddr> FrameAllocator::allocate(unsigned order)
{
    Guard const guard{lock_};
    unsigned found = order;
    while (found <= max_order && lists_[found].empty())
        found++;
    if (found > max_order)
        return fail(Status::no_memory);

    PhysAddr const address = physical(lists_[found].front());
    remove(address, found);
    while (found > order) {
        found--;
        insert(PhysAddr{address.value + (page_size << found)}, found);
    }
    free_ -= 1ull << order;
    return address;
}

Result<PhysAddr> FrameAllocator::allocate_zeroed(unsigned order)
{
    PhysAddr const address = TRY(allocate(order));
    zero_frames(address, 1ull << order);
    return address;
}

void FrameAllocator::free(PhysAddr address, unsigned order)
{
    Guard const guard{lock_};
    free_ += 1ull << order;
    for (; order < max_order; order++) {
        std::uint64_t const buddy = address.value ^ (page_size << order);
        if (buddy < begin_ || buddy >= end_ || books_[(buddy - begin_) / page_size] != order)
            break;
        remove(PhysAddr{buddy}, order);
        address.value &= ~(page_size << order);
    }
    insert(address, order);
}

bool FrameAllocator::drop(PhysAddr frame)
{
    if (!is_shared(frame))
        return true;
    bool const was_last = book(frame).fetch_sub(1, std::memory_order_acq_rel) == in_use;
    if (was_last)  // others dropped it meanwhile
        book(frame).store(in_use, std::memory_order_relaxed);
    return was_last;
}

}  // namespace kernel
