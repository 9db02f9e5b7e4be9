// A lock for a few instructions. Its holder reaches no safe point and asks for no lock that comes
// before it: docs/kernel-invariants.md has the order.
#pragma once
#include <atomic>
#include <cstdint>

namespace kernel {

class SpinLock {
public:
    void lock()
    {
        while (word_.exchange(1, std::memory_order_acquire) != 0)
            while (word_.load(std::memory_order_relaxed) != 0) {
            }
    }
    void unlock() { word_.store(0, std::memory_order_release); }

private:
    std::atomic<std::uint64_t> word_{0};  // of a width that needs no extension
};

// Holds a lock for the length of a block.
class [[nodiscard]] Guard {
public:
    explicit Guard(SpinLock& lock) : lock_{lock} { lock_.lock(); }
    Guard(Guard const&) = delete;
    Guard& operator=(Guard const&) = delete;
    ~Guard() { lock_.unlock(); }

private:
    SpinLock& lock_;
};

}  // namespace kernel
