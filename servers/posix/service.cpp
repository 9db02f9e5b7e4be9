#include "servers/posix/service.hpp"
#include "lib/sys/clock.hpp"
#include "servers/posix/process.hpp"

namespace posix {

// POSIX: no member has a parent in another group of the session.
bool Service::is_orphaned(Membership const& membership) const
{
    bool is_orphaned = true;
    processes.for_each([&](Process const& each) {
        Process const* const parent = processes.find(each.parent());
        if (each.membership().group == membership.group && parent != nullptr &&
            parent->membership().session == membership.session &&
            parent->membership().group != membership.group)
            is_orphaned = false;
    });
    return is_orphaned;
}

bool Service::may_report()
{
    auto const now = sys::now();
    if (last_report != 0 && now - last_report < sys::start_info().timebase_hz)
        return false;
    last_report = now;
    return true;
}

void Service::set_timer(Timed& item, sys::Ticks deadline)
{
    if (item.deadline() == deadline)
        return;
    timers.set(item, deadline);
    arm_timers();
}

void Service::run_timers()
{
    timers.run_due(sys::now());
    arm_timers();
}

// It is this program's own notification, so that works.
void Service::arm_timers() const
{
    (void)events.arm(std::uint64_t{1} << timer_bit, timers.earliest());
}

}  // namespace posix
