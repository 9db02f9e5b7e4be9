// A lock between the threads of a process, and its guard. Free, it is taken and given back without
// a call.
#pragma once
#include <atomic>
#include <cstdint>

namespace posix {

class Lock {
public:
    constexpr Lock() = default;
    Lock(Lock const&) = delete;
    Lock& operator=(Lock const&) = delete;

    class Guard {
    public:
        explicit Guard(Lock& lock) : lock_{lock} { lock_.take(); }
        ~Guard() { lock_.give_back(); }
        Guard(Guard const&) = delete;
        Guard& operator=(Guard const&) = delete;

    private:
        Lock& lock_;
    };

    // In a child, after a fork: nobody has it. True if somebody in the parent had.
    bool forget_owner() { return state_.exchange(free, std::memory_order_relaxed) != free; }

private:
    enum State : std::uint32_t { free, taken, waited_for };

    void take()
    {
        std::uint32_t expected = free;
        if (!state_.compare_exchange_strong(expected, taken, std::memory_order_acquire))
            [[unlikely]]
            wait();
    }
    void give_back()
    {
        if (state_.exchange(free, std::memory_order_release) == waited_for) [[unlikely]]
            wake();
    }
    void wait();
    void wake();

    std::atomic<std::uint32_t> state_ = free;
};

}  // namespace posix
