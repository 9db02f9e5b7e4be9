// WaitingCalls: calls that are answered later, in the order in which they came.
#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

namespace driver {

template <class Call>
class WaitingCalls {
public:
    static constexpr std::size_t capacity = 16;

    bool empty() const { return count_ == 0; }
    bool full() const { return count_ == capacity; }
    Call& front() { return *calls_[first_]; }

    // There is room.
    void push(Call call) { calls_[(first_ + count_++) % capacity].emplace(std::move(call)); }

    // Drops the calls that `is_over`; the others keep their order.
    template <class Predicate>
    void drop_if(Predicate const& is_over)
    {
        for (std::size_t left = count_; left != 0; --left) {
            Call call = std::move(front());
            drop_front();
            if (!is_over(call))
                push(std::move(call));
        }
    }

    void drop_front()
    {
        calls_[first_].reset();
        first_ = (first_ + 1) % capacity;
        --count_;
    }

private:
    std::array<std::optional<Call>, capacity> calls_;
    std::size_t first_ = 0;
    std::size_t count_ = 0;
};

}  // namespace driver
