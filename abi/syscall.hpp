// System call numbers (a7) and the structures that system calls read and write.
//
// `syscall.def` is the list. Numbers are negative, from -1024 down, so that another system's
// numbers stay free. Arguments are in a0 to a6; the status comes back in a0, values in a1 and a2. A
// call clobbers what a function call may clobber. Where a process is an argument, handle 0 means
// the caller's own. `docs/abi.md` has a row for each call with its errors.
#pragma once
#include "abi/message.hpp"
#include <concepts>
#include <cstdint>
#include <utility>

namespace abi {

using Ticks = std::uint64_t;  // of the `time` CSR; StartInfo::timebase_hz of them are a second
inline constexpr Ticks never = ~Ticks{};
inline constexpr std::uint64_t page_size = 4096;

enum class Syscall : std::uint64_t {
#define SYSCALL(name) name,
#include "abi/syscall.def"
#undef SYSCALL
};
inline constexpr std::uint64_t syscall_count = 54;

constexpr std::uint64_t number(Syscall call)
{
    return static_cast<std::uint64_t>(-1024) - static_cast<std::uint64_t>(call);
}

// What a handle allows; a copy may have fewer, never more.
enum class Right : std::uint16_t {
    call = 1 << 0,       // Endpoint
    signal = 1 << 1,     // Notification: signal, arm
    wait = 1 << 2,       // Notification: wait, poll, bind
    read = 1 << 3,       // Memory: map readable
    write = 1 << 4,      // Memory: map writable
    execute = 1 << 5,    // Memory: map executable
    manage = 1 << 6,     // Process: kill, grant, map into; Pool: bind, make endpoints; Endpoint:
                         // revoke; Memory: supply, discard, write-protect
    duplicate = 1 << 7,  // any: may be copied
    charge = 1 << 8,     // Process: its quota may pay for a new process
    inspect = 1 << 9,    // Process: info, watch
    dma = 1 << 10,       // Memory: a device may reach it
    device = 1 << 11,    // Root: interrupts, device memory, DMA spaces
    power = 1 << 12,     // Root: power
    log = 1 << 13,       // Root: log
};
using Rights = std::uint16_t;
inline constexpr Rights all_rights = 0xffff;

// The rights together, as the calls take them.
constexpr Rights rights(std::same_as<Right> auto... each)
{
    return static_cast<Rights>((std::to_underlying(each) | ...));
}

// What happens to callers that find no idle worker, and to calls whose slice runs out in here.
enum class PoolFlags : std::uint64_t {
    queue = 0,           // callers wait in priority order, and lend their slice meanwhile
    own_slice = 1 << 0,  // for measurement: calls run on the pool's own slice, not on the caller's
    refuse = 1 << 1,     // callers get `busy` instead
    // A slice without budget waits for its refill, or for who lends to it. Instead:
    move_overrun = 1 << 2,  // the rest runs on the pool's slice, the caller gets timed_out at once
    owe_overrun = 1 << 3,   // the same, but the caller waits for the answer and pays later: at most
                            // one budget
};

inline constexpr std::uint64_t all_pool_flags = 0xf;

struct PoolOptions {
    std::uint64_t flags{};             // PoolFlags
    Ticks min_budget{};                // who has less left gets `no_budget`
    std::uint64_t handles_per_call{};  // slots that each worker keeps reserved, at most 8
};

constexpr PoolOptions with(PoolFlags flag) { return {static_cast<std::uint64_t>(flag)}; }

// Flag of `wait`: goes on, though the thread was interrupted or its client is gone.
inline constexpr std::uint64_t wait_shielded = 1;

// Flag of `process_create`: the quota is a limit. Nothing is reserved; what the process is charged,
// its payer is charged, too, and so on while that draws itself, at most 8 times.
inline constexpr std::uint64_t process_draws = 1;

// Flag of `upcall`: a call that the thread is in ends at once; without it, when it is answered.
inline constexpr std::uint64_t upcall_abandons = 1;

enum class MemoryKind : std::uint64_t {
    anonymous,   // zeroed when first touched
    contiguous,  // zeroed, present and physically contiguous
    paged,       // brought in by a pager: see PagerWant
};

// What a pager is called for, on the slice of the thread that needs it. The call's badge is the
// endpoint's that the memory was made with, its label is PagerWant, word 0 the page. Answering ok
// makes the thread try again; anything else ends its process.
enum class PagerWant : Word {
    page,   // to be supplied
    write,  // to be allowed: memory_allow_writes
};

// memory_supply: the page leaves the memory that it was in; it may be written at once.
inline constexpr std::uint64_t supply_moved = 1;
inline constexpr std::uint64_t supply_writable = 2;

// With a Protection: space_clone shares the mapping, where it would give the clone its own pages.
inline constexpr std::uint64_t map_shared = 1 << 8;

// Never write and execute.
enum class Protection : std::uint64_t { read = 1, write = 2, execute = 4 };

struct ThreadParameters {
    std::uint64_t entry{};          // ignored for a worker: the pool's entry counts
    std::uint64_t stack_pointer{};  // for a worker: at the start of each call
    std::uint64_t thread_pointer{};
    std::uint64_t global_pointer{};
    std::uint64_t argument{};        // in a0 at the start; not for a worker
    std::uint64_t message_buffer{};  // address in the thread's process, aligned to 1024
    HandleValue pool{};              // not 0: the thread becomes a worker of this pool
    std::uint32_t priority{};  // 0 (lowest) to 31, at most the process's ceiling; not for a worker
};

// The CPU slice of a thread or a pool.
struct SchedulingParameters {
    std::uint64_t priority{};  // at most the caller's ceiling
    Ticks budget{};            // in each period; 0: no limit
    Ticks period{};            // at least a millisecond, at most an hour; more than the budget
    std::uint64_t harts{};     // a bit for each that it may run on; 0: all
};

enum class EndReason : std::uint32_t { running, exited, killed, exception };

// CPU time that the slices of a process spent in one process: itself, or one that it called. A
// sample of what ran, taken every 80/7 ms.
struct Visit {
    std::uint64_t process{};  // its ProcessInfo::number
    Ticks ticks{};            // 0: no visit, nor are there any behind it
};

// A process's books and, after its end, the reason for it.
struct ProcessInfo {
    EndReason reason{};
    std::uint32_t thread_count{};
    std::uint64_t exit_code{};    // exited, killed
    std::uint64_t own_cycles{};   // CPU time on the slices of this process
    std::uint64_t lent_cycles{};  // CPU time in this process that others lent it
    std::uint64_t quota_bytes{};
    std::uint64_t used_bytes{};  // of the quota; includes what was handed on to children
    // exception: what the hart said, and what the thread's registers held (x0 holds the pc).
    std::uint64_t cause{};    // scause
    std::uint64_t address{};  // stval
    std::uint64_t registers[32]{};
    std::uint64_t backtrace[16]{};  // return addresses, innermost first; 0 ends the list
    std::uint64_t events{};         // how often pools of this process ran on their own slice
    std::uint64_t quanta_waited{};  // how often its slices waited for another's quantum to end
    std::uint64_t fault_status{};   // exception: a Status, why a page could not be had
    std::uint64_t number{};         // of the process; no other one ever has it
    Visit visits[8]{};              // the last one is of all that have no other
};

struct KernelInfo {
    std::uint64_t total_bytes{};  // memory that the kernel manages
    std::uint64_t free_bytes{};
    std::uint64_t kernel_bytes{};  // image and boot data
    std::uint64_t hart_count{};
    std::uint64_t idle_cycles{};   // of all harts together
    std::uint64_t boot_ticks{};    // `time` when the kernel was entered
    std::uint64_t harts_online{};  // those of hart_count that have begun to work
};

enum class PowerAction : std::uint64_t { off, reboot, fail };  // fail: off, with a failure status

}  // namespace abi
