#include "servers/posix/cpu_limit.hpp"
#include "lib/sys/clock.hpp"
#include "servers/posix/process.hpp"
#include <algorithm>

namespace posix {
namespace {

constexpr std::uint64_t nanoseconds_per_second = 1'000'000'000;
constexpr std::uint64_t nanoseconds_per_millisecond = 1'000'000;
constexpr std::uint64_t shortest_look_ms = 10;
constexpr std::uint64_t longest_look_ms = 1000;  // several threads use several harts

std::uint64_t to_nanoseconds(std::uint64_t seconds)
{
    return seconds > no_limit / nanoseconds_per_second ? no_limit
                                                       : seconds * nanoseconds_per_second;
}

}  // namespace

void CpuLimit::start()
{
    warned_at_ = 0;
    if (process_.limits().soft(Resource::cpu_time) == no_limit)
        return stop();
    service_.set_timer(*this, sys::after_milliseconds(shortest_look_ms));
}

void CpuLimit::stop() { service_.set_timer(*this, abi::never); }

// POSIX: a signal at the soft limit, and again after each second of CPU time; the end at the hard
// one.
void CpuLimit::due(abi::Ticks)
{
    std::uint64_t const used = process_.used_nanoseconds();
    if (used >= to_nanoseconds(process_.limits().hard(Resource::cpu_time)))
        return process_.receive(kill);
    std::uint64_t next = std::max(to_nanoseconds(process_.limits().soft(Resource::cpu_time)),
                                  warned_at_ == 0 ? 0 : warned_at_ + nanoseconds_per_second);
    if (used >= next) {
        warned_at_ = used;
        next = used + nanoseconds_per_second;
        process_.receive(cpu_limit_reached);
    }
    std::uint64_t const left_ms = (next - used) / nanoseconds_per_millisecond;
    service_.set_timer(
        *this, sys::after_milliseconds(std::clamp(left_ms, shortest_look_ms, longest_look_ms)));
}

}  // namespace posix
