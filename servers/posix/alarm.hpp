// Alarm: an interval timer of setitimer(), which sends its process a signal.
#pragma once
#include "servers/posix/periodic_timer.hpp"
#include "servers/posix/types.hpp"

namespace posix {

class Alarm final : public PeriodicTimer {
public:
    Alarm(Service& service, Process& process, Signal signal, bool counts_cpu_time)
        : PeriodicTimer{service, counts_cpu_time ? &process : nullptr}, process_{process},
          signal_{signal}
    {
    }

private:
    void expired(std::uint64_t times) override;

    Process& process_;
    Signal const signal_;
};

}  // namespace posix
