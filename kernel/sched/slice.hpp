// A scheduling context: the CPU slice of a thread or of a pool, which calls lend along their chain.
#pragma once
#include "abi/syscall.hpp"
#include "kernel/sched/budget.hpp"
#include "kernel/sched/timer_queue.hpp"
#include "lib/base/intrusive_list.hpp"
#include <cstdint>

namespace kernel {

class Thread;
class Process;
class Pool;
struct Hart;

inline constexpr std::uint32_t priority_count = 32;

// In exactly one state at a time:
//   parked    its top thread waits for something, or it has no top (a pool's slice without work)
//   ready     in the run queue of its home hart
//   running   on that hart; the hart knows the top, `top` is written when the slice stops
//   lent      its top thread waits for what `lent_to` holds, and this slice helps that one on
//   depleted  could run, but neither it nor who lends to it has CPU time left
class Slice {
public:
    enum class State : std::uint32_t { parked, ready, running, lent, depleted };

    Slice(Process& process, std::uint32_t priority, Pool* pool)
        : process{&process}, pool{pool}, base_priority{priority}, priority{priority}
    {
    }

    // Whether a pool's slice has nothing to do.
    bool is_free() const { return state == State::parked && top == nullptr; }
    // Whether its top thread could go on.
    bool wants_to_run() const
    {
        return state == State::ready || state == State::running || state == State::depleted;
    }

    Process* const process;
    Pool* const pool;  // whose own slice this is; null for a thread's
    std::uint32_t base_priority;
    std::uint32_t priority;  // at which it runs: its own, or the best of its lenders'
    State state = State::parked;
    Thread* top = nullptr;
    Hart* home = nullptr;
    std::uint64_t allowed_harts = ~0ull;  // a bit for each
    std::uint64_t quantum_left = 0;       // ticks; 0: a fresh quantum at the next dispatch
    Ticks ran = 0;                        // so far, whoever paid
    ListLink<Slice> queue_link;

    // Who pays for its running: the best of its lenders, then itself; null if nobody can.
    Slice* payer = this;
    Budget budget;
    struct Refill : Timer {
        explicit Refill(Slice& slice) : Timer{Kind::refill}, slice{&slice} {}
        Slice* slice;
    } refill{*this};  // armed while the budget is empty and somebody needs it

    // Lending edges form a forest. See sched/lending.hpp.
    Slice* lent_to = nullptr;
    Thread* awaited = nullptr;  // the worker, or the owner of a lock, that `lent_to` carries
    ListLink<Slice> lender_link;
    IntrusiveList<Slice, &Slice::lender_link> lenders;
};

}  // namespace kernel
