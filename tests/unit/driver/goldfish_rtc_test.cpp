// The clock's driver with a simulated clock.
#include "servers/drivers/goldfish-rtc/registers.hpp"
#include "servers/drivers/goldfish-rtc/rtc.hpp"
#include "tests/unit/driver/simulated_device.hpp"
#include <gtest/gtest.h>
#include <set>

namespace {

using namespace goldfish_rtc;

// Runs on between two accesses, as a real one does.
class SimulatedRtc final : public SimulatedDevice {
public:
    std::uint64_t time = 0;
    std::uint64_t step = 0;
    std::set<std::size_t> cleared;

    std::uint32_t load(std::size_t offset, std::size_t width_bytes) override
    {
        EXPECT_EQ(width_bytes, 4u);
        if (offset == TimeLow::offset) {
            time += step;
            upper_ = static_cast<std::uint32_t>(time >> 32);
            return static_cast<std::uint32_t>(time);
        }
        EXPECT_EQ(offset, TimeHigh::offset);
        time += step;
        return upper_;
    }

    void store(std::size_t offset, std::size_t width_bytes, std::uint32_t value) override
    {
        EXPECT_EQ(width_bytes, 4u);
        if (offset == TimeHigh::offset)
            written_upper_ = value;
        else if (offset == TimeLow::offset)
            time = std::uint64_t{written_upper_} << 32 | value;
        else
            cleared.insert(offset);
    }

private:
    std::uint32_t upper_ = 0xdead;
    std::uint32_t written_upper_ = 0;
};

}  // namespace

TEST(GoldfishRtcTest, a_time_is_whole_even_when_its_lower_half_overflows_between_two_reads)
{
    SimulatedRtc device;
    device.time = 0x1'ffff'fff0;
    device.step = 8;
    Rtc const rtc{device.registers()};
    EXPECT_EQ(rtc.now(), 0x1'ffff'fff8);
    EXPECT_EQ(rtc.now(), 0x2'0000'0008);
}

TEST(GoldfishRtcTest, a_time_that_was_set_is_read)
{
    SimulatedRtc device;
    Rtc const rtc{device.registers()};
    rtc.set(1'735'689'600'123'456'789);
    EXPECT_EQ(rtc.now(), 1'735'689'600'123'456'789u);
}

TEST(GoldfishRtcTest, an_alarm_that_a_predecessor_set_is_forgotten)
{
    SimulatedRtc device;
    Rtc const rtc{device.registers()};
    rtc.start();
    EXPECT_EQ(device.cleared, (std::set<std::size_t>{InterruptEnabled::offset, ClearAlarm::offset,
                                                     ClearInterrupt::offset}));
}
