// A scheduling context: the CPU slice of a thread or of a pool, which calls lend along their chain.
#pragma once
#include "abi/syscall.hpp"
#include "lib/base/intrusive_list.hpp"
#include <cstdint>

namespace kernel {

class Thread;
class Process;
class Pool;
struct Hart;

inline constexpr std::uint32_t priority_count = 32;

// In exactly one state at a time:
//   parked   its top thread waits for something, or it has no top (a pool's slice without work)
//   ready    in the run queue of its home hart
//   running  on that hart; the hart knows the top, `top` is written when the slice stops
class Slice {
public:
    enum class State : std::uint32_t { parked, ready, running };

    Slice(Process& process, std::uint32_t priority, Pool* pool)
        : process{&process}, pool{pool}, priority{priority}
    {
    }

    Process* const process;
    Pool* const pool;  // whose own slice this is; null for a thread's
    std::uint32_t const priority;
    State state = State::parked;
    Thread* top = nullptr;
    Hart* home = nullptr;
    std::uint64_t quantum_left = 0;  // ticks; 0: a fresh quantum at the next dispatch
    ListLink<Slice> queue_link;
};

}  // namespace kernel
