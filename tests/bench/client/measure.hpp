// Measuring: lines "BENCH name value instructions".
//
// QEMU runs this with -icount shift=0, where a nanosecond of the clock is an instruction.
#pragma once
#include "lib/base/result.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/start_info.hpp"
#include <algorithm>

namespace bench {

inline constexpr std::uint64_t nanoseconds_a_second = 1'000'000'000;
inline constexpr unsigned rounds = 5;
inline constexpr unsigned repeats = 1000;

inline void print(std::string_view name, abi::Ticks time, std::uint64_t operations)
{
    auto const nanoseconds = time * (nanoseconds_a_second / sys::start_info().timebase_hz);
    sys::log("BENCH ", name, " ", nanoseconds / operations, " instructions");
}

// The least of several rounds: a timer that goes off in one of them does not count.
template <class Operation>
Result<> measure(std::string_view name, Operation const& operation)
{
    std::uint64_t best = ~std::uint64_t{};
    for (unsigned round = 0; round < rounds; ++round) {
        auto const start = sys::now();
        for (unsigned i = 0; i < repeats; ++i)
            TRY(operation());
        best = std::min(best, sys::now() - start);
    }
    print(name, best, repeats);
    return {};
}

}  // namespace bench
