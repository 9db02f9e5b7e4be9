// The clock driver: serves the time as "clock", and the right to set it as "clock-setting".
#include "generated/interfaces/clock.hpp"
#include "lib/driver/device.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/pool.hpp"
#include "lib/sys/run.hpp"
#include "servers/drivers/goldfish-rtc/rtc.hpp"

namespace {

struct ClockServer final : Clock::Server {
    explicit ClockServer(Rtc const& rtc) : rtc{rtc} {}
    Result<std::uint64_t> now() override { return rtc.now(); }

    Rtc const& rtc;
};

struct SettingServer final : ClockSetting::Server {
    explicit SettingServer(Rtc const& rtc) : rtc{rtc} {}
    Result<> set(std::uint64_t nanoseconds) override
    {
        rtc.set(nanoseconds);
        return {};
    }

    Rtc const& rtc;
};

Result<> drive_clock(sys::Environment& environment)
{
    auto const device = TRY(driver::Device::create(environment));
    Rtc const rtc{device.registers()};
    rtc.start();
    sys::log(rtc.now() / 1'000'000'000, " s since 1970");

    ClockServer clock{rtc};
    SettingServer setting{rtc};
    auto const pool = TRY(sys::Pool::create());
    TRY(pool.add_workers(1));  // one: a time is two registers
    auto clock_endpoint = TRY(pool.endpoint(clock));
    auto setting_endpoint = TRY(pool.endpoint(setting));
    TRY(environment.publish("clock", std::move(clock_endpoint)));
    TRY(environment.publish("clock-setting", std::move(setting_endpoint)));
    sys::stay();
}

}  // namespace

int main(int argument_count, char** arguments)
{
    return sys::run(drive_clock, argument_count, arguments);
}
