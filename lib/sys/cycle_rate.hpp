// How fast the hart's cycle counter runs. Nothing says that, so it is measured against `time`.
#pragma once
#include "lib/sys/clock.hpp"
#include <algorithm>

namespace sys {

inline std::uint64_t cycle_counter()
{
    std::uint64_t cycles;
    asm volatile("rdcycle %0" : "=r"(cycles));
    return cycles;
}

struct CounterPair {
    Ticks time{};
    std::uint64_t cycles{};
};

// Both counters at one moment: tried again when something came in between.
inline CounterPair read_counters()
{
    constexpr Ticks close_enough = 20;
    constexpr int tries = 100;
    CounterPair pair;
    for (int i = 0; i < tries; ++i) {
        Ticks const before = now();
        pair.cycles = cycle_counter();
        pair.time = now();
        if (pair.time - before <= close_enough)
            break;
    }
    return pair;
}

// Takes two milliseconds of CPU time.
inline std::uint64_t measure_cycles_per_millisecond()
{
    constexpr std::uint64_t measured_ms = 2;
    CounterPair const begin = read_counters();
    while (now() < begin.time + milliseconds(measured_ms)) {
    }
    CounterPair const end = read_counters();
    std::uint64_t const cycles = end.cycles - begin.cycles;
    return std::max<std::uint64_t>(cycles * milliseconds(1) / (end.time - begin.time), 1);
}

}  // namespace sys
