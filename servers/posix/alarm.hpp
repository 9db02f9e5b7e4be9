// The timer that sends a process SIGALRM.
#pragma once
#include "abi/syscall.hpp"

namespace posix {

struct Alarm {
    abi::Ticks deadline = abi::never;
    abi::Ticks interval = 0;  // 0: once

    bool is_due(abi::Ticks now) const { return deadline <= now; }

    // After one that was due.
    void advance(abi::Ticks now)
    {
        if (interval == 0)
            deadline = abi::never;
        else
            deadline += (now - deadline) / interval * interval + interval;
    }
};

}  // namespace posix
