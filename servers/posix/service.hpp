// What the processes of this server share.
#pragma once
#include "generated/interfaces/file.hpp"
#include "generated/interfaces/init.hpp"
#include "generated/interfaces/volumes.hpp"
#include "lib/program/archive.hpp"
#include "lib/sys/pool.hpp"
#include "servers/posix/accounts.hpp"
#include "servers/posix/interruptible.hpp"
#include "servers/posix/process_table.hpp"
#include "servers/posix/program_images.hpp"
#include "servers/posix/random_numbers.hpp"
#include "servers/posix/record_locks.hpp"
#include "servers/posix/shared_waits.hpp"
#include "servers/posix/timers.hpp"
#include <vector>

namespace posix {

class ConsoleLine;
class Pipe;
class PseudoTerminal;
struct Membership;

// A server that every process may call, by the name that its C library looks for; or none.
struct CommonServer {
    std::string_view name;
    sys::Handle handle;
};
inline constexpr std::size_t common_server_count = 2;

struct Service {
    static constexpr std::size_t most_pseudo_terminals = 32;

    sys::Pool pool;
    program::Archive archive;  // has the loader
    Directory root;            // with all rights
    Volumes volumes;           // of no value: there is no /dev/disk
    ProcessNames names;        // of servers
    // timer_bit; and bit n: a process whose number is n modulo timer_bit may have ended.
    sys::Notification events;
    std::array<CommonServer, common_server_count> common_servers;
    Accounts accounts;
    ProgramImages images;
    ProcessTable processes;
    Interruptibles interruptibles;
    RecordLocks record_locks;
    SharedWaits shared_waits;
    Timers timers;
    RandomNumbers random;
    std::uint64_t cycles_per_millisecond = 0;  // 0: not measured yet
    std::uint64_t cycles_of_ended = 0;         // of all processes that are gone
    ConsoleLine* console = nullptr;
    std::vector<Pipe*> fifos{};                                             // those that are open
    std::array<PseudoTerminal*, most_pseudo_terminals> pseudo_terminals{};  // by number

    sys::Ticks last_report = 0;

    static constexpr unsigned timer_bit = 63;

    bool is_orphaned(Membership const& membership) const;

    // Whether something that any process can bring about may be told to the machine's log: once a
    // second.
    bool may_report();

    // `item` is due at the deadline; never: not at all.
    void set_timer(Timed& item, sys::Ticks deadline);
    void run_timers();
    void arm_timers() const;
};

}  // namespace posix
