#include "servers/drivers/goldfish-rtc/rtc.hpp"
#include "servers/drivers/goldfish-rtc/registers.hpp"

using namespace goldfish_rtc;

void Rtc::start() const
{
    registers_.write<InterruptEnabled>(0);
    registers_.write<ClearAlarm>(1);
    registers_.write<ClearInterrupt>(1);
}

std::uint64_t Rtc::now() const
{
    std::uint64_t const low = registers_.read<TimeLow>();
    std::uint64_t const high = registers_.read<TimeHigh>();
    return high << 32 | low;
}

void Rtc::set(std::uint64_t nanoseconds) const
{
    registers_.write<TimeHigh>(static_cast<std::uint32_t>(nanoseconds >> 32));
    registers_.write<TimeLow>(static_cast<std::uint32_t>(nanoseconds));
}
