// The timer that sends a process SIGALRM.
#pragma once
#include "servers/posix/timers.hpp"

namespace posix {

class Process;
struct Service;

class Alarm final : public Timed {
public:
    Alarm(Service& service, Process& process) : service_{service}, process_{process} {}
    ~Alarm() { stop(); }

    abi::Ticks interval() const { return interval_; }  // 0: once
    void start(abi::Ticks deadline, abi::Ticks interval);
    void stop() { start(abi::never, 0); }

    void due(abi::Ticks now) override;

private:
    Service& service_;
    Process& process_;
    abi::Ticks interval_ = 0;
    abi::Ticks last_ = abi::never;  // what it was set to
};

}  // namespace posix
