#include "servers/posix/service.hpp"
#include "servers/posix/process.hpp"
#include <algorithm>

namespace posix {

Result<> Service::begin_wait(ProcessNumber waiter) const
{
    Process* const process = processes.find(waiter);
    return process == nullptr ? Result<>{} : process->begin_wait();
}

void Service::arm_alarms() const
{
    sys::Ticks earliest = abi::never;
    processes.for_each(
        [&](Process const& process) { earliest = std::min(earliest, process.next_alarm()); });
    // It is this program's own notification, so that works.
    (void)events.arm(std::uint64_t{1} << alarm_bit, earliest);
}

}  // namespace posix
