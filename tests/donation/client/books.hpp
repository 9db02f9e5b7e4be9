// What a stretch of time cost: on this program's slice, and in waiting.
#pragma once
#include "generated/interfaces/loader.hpp"
#include "lib/sys/clock.hpp"

// The books at one moment. Nobody but this program makes calls that take time, so what all
// processes were lent is what this one lent them.
struct Moment {
    sys::Ticks time{};
    std::uint64_t cycle{};          // the hart's counter
    std::uint64_t own_cycles{};     // of this process, on its own slice
    std::uint64_t lent_cycles{};    // in all processes
    std::uint64_t quanta_waited{};  // of this process
    std::uint64_t idle_cycles{};    // of all harts

    static Result<Moment> now(Loader const& loader);
};

struct Cost {
    std::uint64_t own_us{};
    std::uint64_t lent_us{};
    std::uint64_t idle_us{};
    std::uint64_t elapsed_us{};
    std::uint64_t quanta_waited{};

    static Cost between(Moment const& begin, Moment const& end);
};

std::uint64_t to_microseconds(sys::Ticks ticks);
