// Decides what each hart runs. Calls and replies do not come here: they stay on their slice.
#pragma once
#include "kernel/arch/riscv64/hart.hpp"
#include "kernel/object/thread.hpp"

namespace kernel {

// Guarded by the kernel lock.
class Scheduler {
public:
    Ticks quantum = 0;  // how long a slice runs before others of its priority; set at boot

    // The thread can go on, on the slice that carries it; if that slice is busy, after it.
    void make_ready(Thread& thread);

    // The current thread cannot go on: its slice stops with it on top.
    void park_current(Hart& hart);
    // The current slice has nothing to do any more, or is gone.
    void drop_current(Hart& hart);
    // Another thread goes on, on the current slice.
    void continue_with(Hart& hart, Thread& thread);

    // Lets the thread, which can go on, have the hart at once, where make_ready() and choose()
    // would come to the same, and where nobody else has a part in it.
    bool can_switch_to(Hart const& hart, Thread const& thread) const;
    void switch_to(Hart& hart, Thread& thread);

    // The slice is to do nothing: out of its queue, parked, without a top. It does not run.
    void withdraw(Slice& slice);
    // The same for what the hart runs, which stands still or is this one. What the slice has used
    // is charged.
    void take_off(Hart& hart);

    // Puts the current slice at the end of its queue.
    void yield(Hart& hart);

    void wake_idle_hart() const;

    // Settles what the hart runs; hart.current is null if there is nothing.
    void choose(Hart& hart);

    // Writes down what the hart runs, if it is time to.
    void sample(Hart& hart) const;

    // When the hart's timer must fire.
    Ticks next_deadline(Hart const& hart) const;

    // Charges what the slice has run so far to its payer.
    void pay(Slice& slice, Ticks now);
    // Somebody else pays for the slice from now on, or nobody (null), or its priority changes.
    void change_standing(Slice& slice, Slice* payer, std::uint32_t priority);
    // Its allowed harts have changed.
    void change_place(Slice& slice);

private:
    void activate(Slice& slice);
    void enqueue(Slice& slice);
    Hart& place_for(Slice const& slice) const;
    static Ticks count(Hart& hart, Slice& slice, Ticks now);
    static void leave_top(Hart& hart, Slice& slice, Ticks now);
    void stop(Hart& hart);
    static void put_in_queue(Hart& hart, Slice& slice);
    void take_up(Hart& hart, Slice& slice, Ticks now);
    void set_budget_end(Hart& hart, Ticks now) const;
    void end_overrun(Hart& hart);
    Slice* best_for(Hart const& hart) const;
};

// Adds the time since the last switch to the thread that had it.
void account(Hart& hart);

// The hart is to look again at what it should run.
void request_choice(Hart& hart);

}  // namespace kernel
