// What the processes of this server share.
#pragma once
#include "generated/interfaces/file.hpp"
#include "lib/program/archive.hpp"
#include "lib/sys/pool.hpp"
#include "servers/posix/interruptible.hpp"
#include "servers/posix/process_table.hpp"

namespace posix {

class TerminalServer;

// A server that every process may call, by the name that its C library looks for; or none.
struct CommonServer {
    std::string_view name;
    sys::Handle handle;
};
inline constexpr std::size_t common_server_count = 2;

struct Service {
    sys::Pool pool;
    program::Archive archive;  // has the loader
    Directory root;            // with all rights
    // alarm_bit; and bit n: a process whose number is n modulo alarm_bit may have ended.
    sys::Notification events;
    std::array<CommonServer, common_server_count> common_servers;
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
