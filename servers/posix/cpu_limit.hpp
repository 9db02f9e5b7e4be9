// CpuLimit: looks from time to time how much CPU time its process has used.
#pragma once
#include "servers/posix/timers.hpp"

namespace posix {

class Process;
struct Service;

class CpuLimit final : public Timed {
public:
    CpuLimit(Service& service, Process& process) : service_{service}, process_{process} {}
    ~CpuLimit() { stop(); }

    // The process has one, or another one than before.
    void start();
    void stop();

    void due(abi::Ticks now) override;

private:
    Service& service_;
    Process& process_;
    std::uint64_t warned_at_ = 0;  // ns used when the process was told to end
};

}  // namespace posix
