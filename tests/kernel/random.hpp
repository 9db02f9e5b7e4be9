// Random: the same numbers for the same seed, on any machine (SplitMix64).
#pragma once
#include <cstdint>

namespace test {

class Random {
public:
    explicit Random(std::uint64_t seed) : state_{seed} {}

    std::uint64_t next()
    {
        std::uint64_t value = state_ += 0x9e3779b97f4a7c15;
        value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
        value = (value ^ value >> 27) * 0x94d049bb133111eb;
        return value ^ value >> 31;
    }
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }
    bool one_in(std::uint64_t count) { return below(count) == 0; }

private:
    std::uint64_t state_;
};

}  // namespace test
