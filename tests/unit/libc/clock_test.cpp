// Durations of C programs and ticks of the machine.
#include "lib/sys/ecall.hpp"
#include "libc/sys/clock.hpp"
#include "libc/sys/real_time.hpp"
#include <gtest/gtest.h>

namespace {

abi::StartInfo information{.timebase_hz = 10'000'000};

}  // namespace

// The system that the C library sees here.
namespace sys {

abi::StartInfo const& start_info() { return information; }
Ticks now() { return 1000; }

EcallResult ecall(abi::Syscall, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                  std::uint64_t, std::uint64_t, std::uint64_t)
{
    return {Status::timed_out};
}

}  // namespace sys

// A machine that was started when 1970 began.
namespace libc {

timespec since_1970(timespec const& since_start) { return since_start; }
timespec since_start(timespec const& since_1970) { return since_1970; }

}  // namespace libc

TEST(Clock, a_duration_is_rounded_up_to_ticks)
{
    EXPECT_EQ(*libc::to_ticks({.tv_sec = 1, .tv_nsec = 0}), 10'000'000u);
    EXPECT_EQ(*libc::to_ticks({.tv_sec = 0, .tv_nsec = 1}), 1u);
    EXPECT_EQ(*libc::to_ticks({.tv_sec = 0, .tv_nsec = 100}), 1u);
    EXPECT_EQ(*libc::to_ticks({.tv_sec = 0, .tv_nsec = 101}), 2u);
}

TEST(Clock, what_is_no_duration_is_refused)
{
    EXPECT_EQ(libc::to_ticks({.tv_sec = -1, .tv_nsec = 0}).error(), Status::bad_argument);
    EXPECT_EQ(libc::to_ticks({.tv_sec = 0, .tv_nsec = -1}).error(), Status::bad_argument);
    EXPECT_EQ(libc::to_ticks({.tv_sec = 0, .tv_nsec = 1'000'000'000}).error(),
              Status::bad_argument);
}

TEST(Clock, a_very_long_duration_does_not_overflow)
{
    timespec const forever{.tv_sec = std::numeric_limits<time_t>::max(), .tv_nsec = 999'999'999};
    EXPECT_GT(*libc::to_ticks(forever), 1ull << 62);
    EXPECT_GT(*libc::deadline_after(&forever), 1ull << 62);
    EXPECT_EQ(*libc::deadline_after(nullptr), abi::never);
}

TEST(Clock, ticks_become_seconds_and_nanoseconds)
{
    timespec const time = libc::to_timespec(15'000'001);
    EXPECT_EQ(time.tv_sec, 1);
    EXPECT_EQ(time.tv_nsec, 500'000'100);
}

TEST(Clock, a_sleep_that_its_deadline_ends_is_a_success)
{
    timespec const duration{.tv_sec = 0, .tv_nsec = 1};
    EXPECT_EQ(libc::sleep_for({reinterpret_cast<long>(&duration)}), 0);
}
