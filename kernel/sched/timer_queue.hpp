// What is to happen at a time: deadlines of waits and timers of notifications.
#pragma once
#include "abi/syscall.hpp"
#include "lib/base/ordered_tree.hpp"
#include <compare>
#include <utility>

namespace kernel {

using abi::Ticks;

class TimerQueue;

struct Timer {
    enum class Kind : std::uint32_t { thread, notification, refill };

    explicit Timer(Kind kind) : kind{kind} {}

    Kind const kind;
    TimerQueue* queue = nullptr;  // in which it is armed
    Ticks time = abi::never;
    TreeLink<Timer> link;
};

// Each hart has one. Guarded by the kernel lock.
class TimerQueue {
public:
    void seed(std::uint64_t value) { tree_.seed(value); }

    void arm(Timer& timer, Ticks time)
    {
        disarm(timer);
        timer.time = time;
        timer.queue = this;
        tree_.insert(timer);
    }

    static void disarm(Timer& timer)
    {
        if (timer.queue != nullptr)
            std::exchange(timer.queue, nullptr)->forget(timer);
    }

    Ticks next() const
    {
        Timer const* const timer = tree_.first();
        return timer != nullptr ? timer->time : abi::never;
    }

    // Removes and returns a timer whose time has come.
    Timer* take_expired(Ticks now)
    {
        Timer* const timer = tree_.first();
        if (timer == nullptr || timer->time > now)
            return nullptr;
        disarm(*timer);
        return timer;
    }

private:
    [[gnu::noinline]] void forget(Timer& timer) { tree_.remove(timer); }

    struct Order {
        struct Key {
            Ticks time;
            Timer const* timer;
            auto operator<=>(Key const&) const = default;
        };
        static Key of(Timer const& timer) { return {timer.time, &timer}; }
    };
    OrderedTree<Timer, &Timer::link, Order> tree_;
};

}  // namespace kernel
