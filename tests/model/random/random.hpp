// Numbers that a seed determines (xorshift64*, S. Vigna 2016).
#pragma once
#include <cstdint>

namespace model {

class Random {
public:
    explicit Random(std::uint64_t seed) : state_{seed * 0x9e3779b97f4a7c15u | 1} {}

    std::uint64_t next()
    {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return state_ * 0x2545f4914f6cdd1du;
    }
    std::uint32_t below(std::uint32_t limit)
    {
        return static_cast<std::uint32_t>((next() >> 32) * limit >> 32);
    }

private:
    std::uint64_t state_;
};

}  // namespace model
