#include "servers/posix/events.hpp"
#include "servers/posix/process.hpp"

namespace posix {

void Events::notified(std::uint64_t bits)
{
    constexpr auto timers = std::uint64_t{1} << Service::timer_bit;
    if ((bits & ~timers) != 0)
        service_.processes.for_each([bits](Process& process) {
            auto const bit = static_cast<unsigned>(process.number()) % Service::timer_bit;
            if ((bits >> bit & 1) != 0)
                process.check_end();
        });
    if ((bits & timers) != 0)
        service_.run_timers();
}

}  // namespace posix
