#include "servers/posix/periodic_timer.hpp"
#include "servers/posix/process.hpp"
#include "servers/posix/time_units.hpp"
#include <algorithm>

namespace posix {
namespace {

constexpr std::uint64_t longest_time = ~std::uint64_t{0} / 4;  // ns; ticks do not overflow
constexpr std::uint64_t shortest_look = 1'000'000;

}  // namespace

std::uint64_t PeriodicTimer::time_now() const
{
    return consumer_ != nullptr ? consumer_->used_nanoseconds() : to_nanoseconds(sys::now());
}

// 0 stays 0.
std::uint64_t PeriodicTimer::time_after(std::uint64_t nanoseconds) const
{
    return nanoseconds == 0 ? 0 : time_now() + std::min(nanoseconds, longest_time);
}

Timer PeriodicTimer::set(TimerSetting const& setting)
{
    Timer const before = state();
    start({.time = setting.is_absolute ? setting.time : time_after(setting.time),
           .interval = setting.interval});
    return before;
}

void PeriodicTimer::start(Schedule schedule)
{
    schedule_ = {.time = std::min(schedule.time, 2 * longest_time),
                 .interval = std::min(schedule.interval, longest_time)};
    if (schedule_.time == 0)
        service_.set_timer(*this, abi::never);
    else
        look_again();
}

// The kernel tells nobody how much CPU time a process has used, so that is looked at: when it may
// have used half of what is left, with one thread.
void PeriodicTimer::look_again()
{
    if (consumer_ == nullptr)
        return service_.set_timer(*this, to_ticks(schedule_.time));
    std::uint64_t const now = time_now();
    std::uint64_t const left = schedule_.time > now ? schedule_.time - now : 0;
    service_.set_timer(*this, sys::now() + to_ticks(std::max(left / 2, shortest_look)));
}

Timer PeriodicTimer::state() const
{
    if (schedule_.time == 0)
        return {.interval = schedule_.interval};
    std::uint64_t const now = time_now();
    return {.remaining = schedule_.time > now ? schedule_.time - now : 1,
            .interval = schedule_.interval};
}

void PeriodicTimer::due(abi::Ticks)
{
    std::uint64_t const now = time_now();
    if (now < schedule_.time)
        return look_again();
    std::uint64_t times = 1;
    if (schedule_.interval == 0) {
        schedule_.time = 0;
    } else {
        times += (now - schedule_.time) / schedule_.interval;
        schedule_.time += times * schedule_.interval;
        look_again();
    }
    expired(times);
}

}  // namespace posix
