#include "servers/posix/events.hpp"
#include "lib/sys/clock.hpp"
#include "servers/posix/process.hpp"
#include <algorithm>

namespace posix {

void Events::notified(std::uint64_t bits)
{
    constexpr auto alarm = std::uint64_t{1} << Service::alarm_bit;
    if ((bits & ~alarm) != 0)
        service_.processes.for_each([bits](Process& process) {
            auto const bit = static_cast<unsigned>(process.number()) % Service::alarm_bit;
            if ((bits >> bit & 1) != 0)
                process.check_end();
        });
    if ((bits & alarm) != 0)
        check_alarms();
}

void Events::check_alarms()
{
    sys::Ticks const now = sys::now();
    service_.processes.for_each([now](Process& process) { process.check_alarm(now); });
    service_.arm_alarms();
}

}  // namespace posix
