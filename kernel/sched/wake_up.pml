/* A model of how harts fall asleep and are woken: kernel/sched/scheduler.cpp says who runs what and
 * who is sent an interrupt, kernel/arch/riscv64/leave.cpp sleeps.
 *
 * Threads of one priority, each allowed on every hart, run on HARTS harts; each wakes others and parks a
 * few times, and is preempted at any time. A device interrupts once, and wakes any number of them at a
 * time. Found wrong would be a hart that sleeps while a slice is ready and no other hart is on its way to
 * it (`watch`).
 *
 * All of it but the pending bit of the interrupt is under the kernel lock, which orders memory, so
 * stores need no buffers here.
 *
 * BROKEN: NO_INTERRUPT INTERRUPTS_ON_WHILE_SLEEPING NO_SPARE_WORK_SHOWN ONLY_OWN_WORK_SHOWN IDLE_TOO_LATE
 * Each of these takes one precaution out, and has to be found wrong.
 */
#define HARTS 3
#define SLICES 3
#define NONE 9
#define ACTIONS 2 /* of each thread: it wakes another one, or is preempted; then it parks */

byte lock;
byte current[HARTS]; /* Hart::slice and its thread */
bit idle[HARTS], resched[HARTS];
bit pending[HARTS]; /* sip.software */
bit device_interrupts[HARTS];

mtype = { parked, ready, running };
mtype state[SLICES];
byte home[SLICES]; /* for a ready one: whose queue it is in */
byte actions[SLICES];

#define HAS_READY(hart) \
    ((state[0] == ready && home[0] == hart) || (state[1] == ready && home[1] == hart) || \
     (state[2] == ready && home[2] == hart))
#define SLEEPS(hart) (idle[hart] && !pending[hart])
#define IS_ON_ITS_WAY(hart) (current[hart] == NONE && (pending[hart] || !idle[hart]))
#define ANY(is) (is(0) || is(1) || is(2))

#define LOCK lock == 0 -> lock = 1
#define UNLOCK lock = 0

/* sbi::send_ipi() */
inline send_ipi(to)
{
#ifndef NO_INTERRUPT
    pending[to] = 1
#else
    skip
#endif
}

/* True if wake_idle_hart() looks: at all queues, because one that was called twice has come once. */
#if defined(NO_SPARE_WORK_SHOWN)
#define SPARE_WORK false
#elif defined(ONLY_OWN_WORK_SHOWN)
#define SPARE_WORK HAS_READY(hart)
#else
#define SPARE_WORK ANY(HAS_READY)
#endif

inline wake_idle_hart()
{
    if
    :: !SPARE_WORK
    :: SPARE_WORK -> if
               :: idle[0] -> send_ipi(0)
               :: else -> if
                          :: idle[1] -> send_ipi(1)
                          :: else -> if
                                     :: idle[2] -> send_ipi(2)
                                     :: else
                                     fi
                          fi
               fi
    fi
}

/* Scheduler::place_for() and enqueue() */
inline enqueue(slice)
{
    if
    :: current[home[slice]] == NONE -> place = home[slice]
    :: else -> if
               :: idle[0] -> place = 0
               :: else -> if
                          :: idle[1] -> place = 1
                          :: else -> if
                                     :: idle[2] -> place = 2
                                     :: else -> place = home[slice]
                                     fi
                          fi
               fi
    fi;
    home[slice] = place;
    state[slice] = ready;
    resched[place] = 1;
    if
    :: place != hart -> send_ipi(place)
    :: else
    fi
}

/* best_for(): of the hart's own if there is one, else anybody's */
inline best_for()
{
    best = NONE;
    if
    :: state[0] == ready && home[0] == hart -> best = 0
    :: state[1] == ready && home[1] == hart -> best = 1
    :: state[2] == ready && home[2] == hart -> best = 2
    :: !HAS_READY(hart) && current[hart] == NONE ->
        if
        :: state[0] == ready -> best = 0
        :: state[1] == ready -> best = 1
        :: state[2] == ready -> best = 2
        :: else
        fi
    :: else
    fi
}

/* choose(), with stop() and start() */
inline choose(expired)
{
    if
    :: current[hart] != NONE && !resched[hart]
    :: else ->
        resched[hart] = 0;
        best_for();
        if
        :: best == NONE
        :: best != NONE && current[hart] != NONE && !expired
        :: best != NONE && !(current[hart] != NONE && !expired) ->
            if
            :: current[hart] != NONE -> state[current[hart]] = ready; home[current[hart]] = hart
            :: else
            fi;
            state[best] = running;
            home[best] = hart;
            current[hart] = best;
            wake_idle_hart()
        fi
    fi
}

/* take_interrupt(); what a device signals wakes some of those that wait */
inline take_interrupt()
{
    pending[hart] = 0;
    resched[hart] = 1;
    if
    :: device_interrupts[hart] ->
        device_interrupts[hart] = 0;
        if
        :: state[0] == parked -> enqueue(0)
        :: true
        fi;
        if
        :: state[1] == parked -> enqueue(1)
        :: true
        fi;
        if
        :: state[2] == parked -> enqueue(2)
        :: true
        fi
    :: else
    fi
}

proctype device(byte hart)
{
    atomic { device_interrupts[hart] = 1; pending[hart] = 1 }
}

proctype run_hart(byte hart)
{
    byte best, place;
    bit quantum_over;

    atomic { LOCK }; /* secondary_main() */
leave_kernel:
    do
    :: atomic {
            choose(quantum_over);
            quantum_over = 0;
            if
            :: current[hart] != NONE -> UNLOCK; break
            :: else
            fi;
#ifndef IDLE_TOO_LATE
            idle[hart] = 1; /* fall_asleep() */
#endif
            UNLOCK
        };
#ifdef IDLE_TOO_LATE
        idle[hart] = 1;
#endif
#ifdef INTERRUPTS_ON_WHILE_SLEEPING
        pending[hart] = 0;
#endif
end:
        pending[hart]; /* wfi */
        atomic { /* wake_up() */
            LOCK;
            idle[hart] = 0;
            if
            :: pending[hart] -> take_interrupt()
            :: else
            fi
        }
    od;

    atomic { /* in user mode; what happens next takes the lock */
        lock == 0 ->
        lock = 1;
        if
        :: pending[hart] -> take_interrupt()
        :: actions[current[hart]] > 0 -> /* handle_timers(): the quantum is over */
            actions[current[hart]]--;
            resched[hart] = 1;
            quantum_over = 1
        :: actions[current[hart]] > 0 -> /* ipc::signal() and the like */
            actions[current[hart]]--;
            if
            :: state[0] == parked -> enqueue(0)
            :: state[1] == parked -> enqueue(1)
            :: state[2] == parked -> enqueue(2)
            :: else
            fi
        :: actions[current[hart]] == 0 -> /* park_current() */
            state[current[hart]] = parked;
            current[hart] = NONE
        fi;
        goto leave_kernel
    }
}

/* True of no state in which nobody is at work in the kernel. */
proctype watch()
{
end:
    atomic {
        lock == 0 && ANY(SLEEPS) && ANY(HAS_READY) && !ANY(IS_ON_ITS_WAY) -> assert(false)
    }
}

init
{
    atomic {
        state[0] = ready; state[1] = ready; state[2] = parked;
        actions[0] = ACTIONS; actions[1] = ACTIONS - 1; actions[2] = ACTIONS - 1;
        current[0] = NONE; current[1] = NONE; current[2] = NONE;
        run run_hart(0);
        run run_hart(1);
        run run_hart(2);
        run device(0);
        run watch()
    }
}
