// PeriodicTimer: what all of POSIX's timers are, whatever they tell: a time on a clock, and perhaps
// an interval at which there are more.
#pragma once
#include "generated/interfaces/posix.hpp"
#include "servers/posix/timers.hpp"

namespace posix {

class Process;
struct Service;

class PeriodicTimer : public Timed {
public:
    // Returns what it was set to before.
    Timer set(TimerSetting const& setting);
    void stop() { start({}); }
    Timer state() const;

    void due(abi::Ticks now) final;

protected:
    // Its clock is the CPU time that a process uses; without one, the time since the machine's
    // start.
    explicit PeriodicTimer(Service& service, Process const* consumer = nullptr)
        : service_{service}, consumer_{consumer}
    {
    }
    ~PeriodicTimer() { stop(); }

    virtual void expired(std::uint64_t times) = 0;  // at least 1

private:
    // When to expire, in ns on the timer's clock; 0: never.
    struct Schedule {
        std::uint64_t time = 0;
        std::uint64_t interval = 0;  // 0: once
    };

    void start(Schedule schedule);
    std::uint64_t time_now() const;
    std::uint64_t time_after(std::uint64_t nanoseconds) const;
    void look_again();

    Service& service_;
    Process const* const consumer_;
    Schedule schedule_;
};

}  // namespace posix
