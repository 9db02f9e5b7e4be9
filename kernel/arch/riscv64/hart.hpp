// What a hart knows of itself.
#pragma once
#include "kernel/arch/riscv64/this_hart.hpp"
#include "kernel/mm/frame_cache.hpp"
#include "kernel/sched/run_queue.hpp"
#include "kernel/sched/timer_queue.hpp"
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace kernel {

class Thread;

inline constexpr std::size_t max_harts = 8;
inline constexpr std::uint64_t cache_line = 64;

struct alignas(cache_line) Hart {
    // Known to trap.S by offset.
    std::uint64_t saved_t0;
    Thread* current;  // the thread whose registers are in the hart; null when idle

    std::uint64_t stack_top;
    std::uint64_t index;
    std::uint64_t idle_offset;  // of this hart's slot in a pool's idle workers
    std::uint64_t bit;          // 1 << index
    std::uint64_t stamp;        // `cycle` when the current thread began to run
    Thread* fp_owner;           // whose values the floating-point registers hold

    TimerQueue timers;
    RunQueue ready;
    std::uint64_t programmed;  // ticks: when the hart's timer fires
    Slice* slice;              // what the current thread runs on; null when idle
    std::uint64_t id;          // the hart's number for the firmware
    Ticks quantum_end;
    Ticks paid_until;   // the running slice's time has been charged so far
    Ticks next_sample;  // when what runs is written down
    Ticks budget_end;   // when its payer has nothing left
    Ticks looks_again;  // the earlier of these two
    std::uint64_t idle_cycles;
    std::uint64_t seen_epoch;  // see mm/reclaimer.hpp
    FrameCache frames;
    bool in_system_call;  // between a system call's entry and its execution
    bool online;
    bool resched;  // the current slice, or the timer's setting, may no longer be the right one

    // Another hart wants this one's floating-point registers in memory before it goes on.
    std::atomic<std::uint32_t> fp_wanted;

    void arm(Timer& timer, Ticks time)
    {
        timers.arm(timer, time);
        resched = true;
    }
};
static_assert(offsetof(Hart, current) == 8);     // trap.S
static_assert(offsetof(Hart, stack_top) == 16);  // trap.S, entry.S

}  // namespace kernel
