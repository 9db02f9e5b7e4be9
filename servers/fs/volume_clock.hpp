// VolumeClock: time stamps on a machine whose real time nobody knows. Time goes on from the last
// write that the volume remembers, so newer files are newer.
#pragma once
#include "lib/sys/clock.hpp"
#include "servers/fs/tree/clock.hpp"

class VolumeClock final : public fs::Clock {
public:
    // The time that the volume was written last; until this is called, it is 1970.
    void start_from(std::int64_t seconds) { start_seconds_ = seconds; }

    fs::Timestamp now() override
    {
        constexpr std::uint64_t nanoseconds_per_second = 1'000'000'000;
        std::uint64_t const rate = sys::start_info().timebase_hz;
        sys::Ticks const ticks = sys::now();
        return {start_seconds_ + static_cast<std::int64_t>(ticks / rate),
                static_cast<std::uint32_t>(ticks % rate * nanoseconds_per_second / rate)};
    }

private:
    std::int64_t start_seconds_ = 0;
};
