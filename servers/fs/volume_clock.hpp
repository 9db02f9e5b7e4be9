// VolumeClock: where time stamps come from: the machine's clock, as far as it is believed. Newer
// files are newer even on a machine whose real time nobody knows: time never lies before the last
// write that the volume remembers.
#pragma once
#include "lib/sys/clock.hpp"
#include "servers/fs/tree/clock.hpp"
#include <algorithm>

class VolumeClock final : public fs::Clock {
public:
    // It is `nanoseconds` since 1970 now. Until this is called, that is when the machine started.
    void set(std::int64_t nanoseconds) { start_ = nanoseconds - since_start(); }

    // No earlier than this; the time that the volume was written last.
    void advance_to(std::int64_t seconds)
    {
        // The disk may say anything.
        start_ = std::max(start_, std::clamp(seconds, std::int64_t{0}, latest_seconds) *
                                      nanoseconds_per_second);
    }

    fs::Timestamp now() override
    {
        std::int64_t const time = start_ + since_start();
        return {time / nanoseconds_per_second,
                static_cast<std::uint32_t>(time % nanoseconds_per_second)};
    }

private:
    static constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
    static constexpr std::int64_t latest_seconds = (std::int64_t{1} << 62) / nanoseconds_per_second;

    static std::int64_t since_start()
    {
        std::uint64_t const rate = sys::start_info().timebase_hz;
        sys::Ticks const ticks = sys::now();
        return static_cast<std::int64_t>(ticks / rate * nanoseconds_per_second +
                                         ticks % rate * nanoseconds_per_second / rate);
    }

    std::int64_t start_ = 0;  // of the machine: nanoseconds since 1970
};
