// The slices that are ready to run on one hart, by priority.
#pragma once
#include "kernel/sched/slice.hpp"

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

    Slice* best() const { return present_ == 0 ? nullptr : lists_[highest(present_)].front(); }

    // The best of those that may run on the hart with this bit.
    Slice* best_for(std::uint64_t hart_bit) const
    {
        for (std::uint32_t left = present_; left != 0;) {
            unsigned const priority = highest(left);
            left &= ~(1u << priority);
            for (Slice& slice : lists_[priority])
                if ((slice.allowed_harts & hart_bit) != 0)
                    return &slice;
        }
        return nullptr;
    }

    bool has_priority(std::uint32_t priority) const { return (present_ >> priority & 1) != 0; }

private:
    // The number of the highest bit of several. Many harts have no instruction for it.
    static unsigned highest(std::uint32_t bits)
    {
        unsigned number = 0;
#pragma GCC unroll 5
        for (unsigned half = 16; half != 0; half /= 2)
            if (bits >> (number + half) != 0)
                number += half;
        return number;
    }

    std::uint32_t present_ = 0;  // bit n: the list of priority n is not empty
    IntrusiveList<Slice, &Slice::queue_link> lists_[priority_count];
};

}  // namespace kernel
