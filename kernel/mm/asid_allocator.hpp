// Address space identifiers. One is for the life of a process; who finds none left gets 0, which
// means: flush at each switch.
#pragma once
#include <cstdint>

namespace kernel {

// Guarded by the kernel lock.
class AsidAllocator {
public:
    static constexpr std::uint64_t supported = 1024;

    // `count` identifiers exist, 0 included.
    void initialise(std::uint64_t count) { count_ = count < supported ? count : supported; }

    std::uint64_t take()
    {
        for (std::uint64_t i = 1; i < count_; i++) {
            next_ = next_ + 1 < count_ ? next_ + 1 : 1;
            std::uint64_t& word = used_[next_ / 64];
            if ((word >> next_ % 64 & 1) == 0) {
                word |= 1ull << next_ % 64;
                return next_;
            }
        }
        return 0;
    }

    // The caller has flushed what the harts held under it.
    void give_back(std::uint64_t asid) { used_[asid / 64] &= ~(1ull << asid % 64); }

private:
    std::uint64_t count_ = 1;
    std::uint64_t next_ = 0;
    std::uint64_t used_[supported / 64]{};
};

}  // namespace kernel
