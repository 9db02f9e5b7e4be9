// The slices that are ready to run on one hart, by priority.
#pragma once
#include "kernel/sched/slice.hpp"
#include <bit>

namespace kernel {

// Guarded by the kernel lock.
class RunQueue {
public:
    void push_back(Slice& slice)
    {
        lists_[slice.priority].push_back(slice);
        present_ |= 1u << slice.priority;
    }

    void push_front(Slice& slice)
    {
        lists_[slice.priority].push_front(slice);
        present_ |= 1u << slice.priority;
    }

    void remove(Slice& slice)
    {
        lists_[slice.priority].remove(slice);
        if (lists_[slice.priority].empty())
            present_ &= ~(1u << slice.priority);
    }

    Slice* best() const
    {
        return present_ == 0 ? nullptr : lists_[std::bit_width(present_) - 1].front();
    }

    bool has_priority(std::uint32_t priority) const { return (present_ >> priority & 1) != 0; }

private:
    std::uint32_t present_ = 0;  // bit n: the list of priority n is not empty
    IntrusiveList<Slice, &Slice::queue_link> lists_[priority_count];
};

}  // namespace kernel
