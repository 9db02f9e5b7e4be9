// A thread: registers, a message buffer, one outgoing call; a slice of its own, or a pool to work
// in.
#pragma once
#include "abi/message.hpp"
#include "kernel/arch/riscv64/frame.hpp"
#include "kernel/object/object.hpp"
#include "kernel/sched/slice.hpp"
#include "kernel/sched/timer_queue.hpp"

namespace kernel {

class Pool;
class Endpoint;
class Notification;
class CallRecord;
class Memory;

// Frame comes first: trap.S takes a thread's address for its frame's.
class Thread final : public Frame, public Object {
public:
    static constexpr ObjectType object_type = ObjectType::thread;
    static constexpr abi::Rights rights = abi::rights(abi::Right::manage, abi::Right::duplicate);

    enum class State : std::uint32_t {
        running,  // the top of a slice that is ready or running, or a worker in a slot
        calling,  // inside a call that a worker serves: `callee`, or a call record
        queued,   // inside a call for which no worker is free: in the pool's queue
        waiting,  // on a notification
        futex,    // on a word of its process's memory
        idle,     // a worker without work that found its slot taken
        dead,
    };

    Thread(Process& process, Pool* pool, std::uint32_t priority);

    // A worker starts each call with an empty stack and nothing in its registers.
    void start_at_entry();
    // It waits for an answer, in a queue or not.
    bool is_in_call() const { return state == State::calling || state == State::queued; }
    // The worker that runs on this thread's slice.
    Thread* callee_on_slice() const { return (call_flags & parked_call) == 0 ? callee : nullptr; }
    // Header, label and words of the call that this thread is in.
    std::uint64_t const* outgoing() const
    {
        return reports_its_fault() ? fault_message : &x[reg::a1];
    }
    bool reports_its_fault() const { return (call_flags & reports_fault) != 0; }
    // The handler has answered. The thread tries again what it did; if that is not to be, the next
    // fault is its process's last.
    void end_fault(bool repaired)
    {
        fault_is_final = !repaired;
        end_call();
    }

    // What was said of this thread's call is void.
    void end_call();

    Process* const process;
    Pool* const pool;  // not null: a worker
    State state = State::idle;

    // The chain. Only the hart that runs the slice changes it, or one that stopped all others.
    Thread* caller = nullptr;      // whom this worker serves
    Thread* callee = nullptr;      // who serves this thread
    Endpoint* serving = nullptr;   // through which the worker was called; kept while it is idle
    CallRecord* record = nullptr;  // this thread's call was detached
    Thread* lender = nullptr;      // a worker that detached: who gets the slice back
    Thread* borrower = nullptr;    // a caller that was detached: the worker that has its slice

    // Anything that keeps the reply to this thread's call off the fast path.
    static constexpr std::uint32_t takes_handles = 1;
    static constexpr std::uint32_t lends_memory = 2;
    static constexpr std::uint32_t parked_call = 4;  // its slice waits; the pool's slice works
    static constexpr std::uint32_t closes_endpoint =
        8;                                              // the endpoint's last handle went meanwhile
    static constexpr std::uint32_t reports_fault = 16;  // the kernel calls in the thread's name
    static constexpr std::uint32_t has_deadline = 32;
    static constexpr std::uint32_t deadline_interrupts = 64;
    static constexpr std::uint32_t lends_quota = 128;
    static constexpr std::uint32_t was_interrupted = 256;
    static constexpr std::uint32_t has_upcall = 2048;   // the answer must not miss it
    static constexpr std::uint32_t owes_overrun = 512;  // the worker went on on its pool's slice
    static constexpr std::uint32_t slow_worker = 1024;  // it has to be made ready for the next call
    std::uint32_t call_flags = 0;
    std::size_t accepted_handles = 0;  // slots that are reserved for the answer
    std::uint32_t lease_count = 0;
    std::uint64_t lent_bytes = 0;  // of quota, that the server may still use

    // Of a worker. All are as here when it is idle, but for the reserved slots.
    bool on_pool_slice = false;          // it is the first of its chain
    bool cancelled = false;              // its client is gone
    bool charges_caller = false;         // what it makes, its caller pays for
    std::uint64_t reserved_handles = 0;  // slots for what the next call brings
    std::uint64_t ran_before = 0;        // what the pool's slice had run when it took over

    bool interrupted = false;  // until the next wait has said so, or the call is over
    bool shielded = false;     // the wait it is in ignores that

    std::uint64_t cycles = 0;         // of CPU, on whatever slice
    std::uint64_t own_cycles = 0;     // of these, on slices of its own process
    std::uint64_t event_start = 0;    // `cycles` when the pool's slice took this worker
    Reference<Memory> buffer_memory;  // keeps the buffer's frame

    Slice own_slice;           // of no use to a worker
    Slice* carrier = nullptr;  // the slice that this thread is, or would be, the top of
    ListLink<Thread> link;     // in its pool's, a notification's or a futex's queue
    ListLink<Thread> process_link;
    ListLink<Thread> pool_link;

    Notification* waiting_for = nullptr;
    std::uint64_t futex_address = 0;
    std::uint64_t fault_message[6]{};  // to the fault handler: 0, cause, address, pc, sp, 0
    bool fault_is_final = false;
    std::uint64_t last_fault = 0;  // page of the last page fault that was resolved
    Endpoint* target = nullptr;    // while queued: holds a reference
    struct Deadline : Timer {
        explicit Deadline(Thread& thread) : Timer{Kind::thread}, thread{&thread} {}
        Thread* thread;
    } deadline{*this};

    abi::Lease leases[abi::max_message_leases];
    FpState fp{};
};

}  // namespace kernel
