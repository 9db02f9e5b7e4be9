// What the processes of this server share.
#pragma once
#include "generated/interfaces/file.hpp"
#include "lib/program/archive.hpp"
#include "lib/sys/pool.hpp"
#include "servers/posix/interruptible.hpp"
#include "servers/posix/process_table.hpp"

namespace posix {

class TerminalServer;

struct Service {
    sys::Pool pool;
    program::Archive archive;  // has the loader
    Directory root;            // with all rights
    // alarm_bit; and bit n: a process whose number is n modulo alarm_bit may have ended.
    sys::Notification events;
    sys::Handle account;  // what pays for all processes
    std::uint64_t account_bytes = 0;
    ProcessTable processes;
    Interruptibles interruptibles;
    TerminalServer* console = nullptr;

    static constexpr unsigned alarm_bit = 63;

    // Before a call of process `waiter` waits; 0: nobody's. Errors: interrupted
    Result<> begin_wait(ProcessNumber waiter) const;

    // Has the notification signalled when the next alarm of a process is due.
    void arm_alarms() const;
};

}  // namespace posix
