// ProcessTimer: a timer of timer_create().
#pragma once
#include "lib/sys/handle.hpp"
#include "servers/posix/periodic_timer.hpp"
#include "servers/posix/types.hpp"

namespace posix {

// What a timer does when it expires.
struct TimerMessage {
    Signal signal = 0;  // 0: nothing
    std::uint64_t value = 0;
    std::int32_t thread = 0;  // whose signal it is; 0: the process's
    sys::Handle receiver;     // that thread
};

class ProcessTimer final : public PeriodicTimer {
public:
    ProcessTimer(Service& service, Process& process, bool counts_cpu_time, std::int32_t number,
                 TimerMessage message)
        : PeriodicTimer{service, counts_cpu_time ? &process : nullptr}, process_{process},
          number_{number}, message_{std::move(message)}
    {
    }

    // The process has taken the signal. Returns how often the timer expired meanwhile.
    std::uint32_t take_overrun();
    // Of the signal that was taken last.
    std::uint32_t overrun() const { return overrun_; }

private:
    void expired(std::uint64_t times) override;

    Process& process_;
    std::int32_t const number_;
    TimerMessage const message_;
    bool is_sent_ = false;
    std::uint64_t missed_ = 0;  // since it was sent
    std::uint32_t overrun_ = 0;
};

}  // namespace posix
