/* A model of a pool's idle slots: kernel/ipc/fast_path.cpp gives and takes workers without a lock,
 * kernel/ipc/workers.cpp looks for them with it.
 *
 * Each hart has a client that calls one pool, CALLS times; there are fewer workers than clients. Found
 * wrong would be a worker that two have (the assertions), and a client that waits for ever although a
 * worker is idle (an invalid end state). An event of a pool waits for a worker as a client does.
 *
 * A store goes to the buffer of its hart, where it may stay while later loads and stores of other
 * variables go past it; that is what RVWMO allows. A fence waits until the buffer is empty, and so does
 * letting go of the lock. An atomic exchange waits for the hart's own store of the same variable.
 *
 * BROKEN: NO_FENCE_IN_REPLY NO_FENCE_IN_SERVE NO_SECOND_LOOK NO_EXCHANGE_BACK NO_LOOK_AFTER_ATTENTION
 * Each of these takes one precaution out, and has to be found wrong.
 */
#define HARTS 3
#define WORKERS 2
#define CALLS 2

/* Pool: as all harts see it. Worker 0 is none. */
byte slot[HARTS];
bit attention;
byte idle_workers; /* with the lock; a list of one is enough to leave the slots */
bit waits[HARTS];  /* Pool::waiters, with the lock */
byte begun[HARTS]; /* the worker that a client was given by begin_queued() */

bit has_owner[WORKERS + 1];
byte lock;

byte late_slot[HARTS];
bit slot_is_late[HARTS], late_attention[HARTS], attention_is_late[HARTS];

#define BUFFER_EMPTY(hart) (!slot_is_late[hart] && !attention_is_late[hart])
#define ATTENTION(hart) (attention_is_late[hart] -> late_attention[hart] : attention)
#define MORE_WAIT (waits[0] || waits[1] || waits[2])

#define TAKEN(worker) assert(!has_owner[worker]); has_owner[worker] = 1
#define GIVEN(worker) assert(has_owner[worker]); has_owner[worker] = 0

proctype stores(byte hart)
{
end:
    do
    :: atomic { slot_is_late[hart] -> slot[hart] = late_slot[hart]; slot_is_late[hart] = 0 }
    :: atomic { attention_is_late[hart] ->
                attention = late_attention[hart]; attention_is_late[hart] = 0 }
    od
}

/* slot.exchange(nullptr) */
inline take_from(at)
{
    atomic {
        !(at == hart && slot_is_late[hart]) ->
        worker = slot[at];
        slot[at] = 0;
        if
        :: worker != 0 -> TAKEN(worker)
        :: worker == 0
        fi
    }
}

/* take_idle_worker(), with the lock */
inline take_idle_worker()
{
    worker = 0;
    if
    :: idle_workers != 0 -> d_step { worker = idle_workers; idle_workers = 0; TAKEN(worker) }
    :: idle_workers == 0 ->
        take_from(hart);
        at = 0;
        do
        :: worker == 0 && at < HARTS -> take_from(at); at++
        :: worker != 0 || at == HARTS -> break
        od
    fi
}

/* give_idle_worker(), with the lock */
inline give_idle_worker(given)
{
    atomic {
        !slot_is_late[hart] ->
        GIVEN(given);
        if
        :: slot[hart] == 0 -> slot[hart] = given
        :: slot[hart] != 0 -> assert(idle_workers == 0); idle_workers = given
        fi
    }
}

inline store_attention(value)
{
    atomic { !attention_is_late[hart] -> late_attention[hart] = value; attention_is_late[hart] = 1 }
}

/* serve(), with the lock */
inline serve()
{
    do
    :: !MORE_WAIT -> break
    :: MORE_WAIT ->
        store_attention(1);
#ifndef NO_FENCE_IN_SERVE
        BUFFER_EMPTY(hart);
#endif
#ifdef NO_LOOK_AFTER_ATTENTION
        break;
#endif
        take_idle_worker();
        if
        :: worker == 0 -> break
        :: worker != 0 -> /* begin_queued() */
            d_step {
                if
                :: waits[0] -> waits[0] = 0; begun[0] = worker
                :: else -> if
                           :: waits[1] -> waits[1] = 0; begun[1] = worker
                           :: else -> waits[2] = 0; begun[2] = worker
                           fi
                fi
            }
        fi
    od;
    store_attention(MORE_WAIT)
}

#define LOCK atomic { lock == 0 -> lock = 1 }
#define UNLOCK atomic { BUFFER_EMPTY(hart) -> lock = 0 }

proctype client(byte hart)
{
    byte worker, at, mine;
    byte calls = hart / 2; /* the last client calls once less: enough, and much quicker */

    do
    :: calls >= CALLS -> break
    :: calls < CALLS ->
        calls++;
        take_from(hart); /* fast_call() */
        if
        :: worker != 0
        :: worker == 0 -> /* enter() of call.cpp */
            LOCK;
            take_idle_worker();
            if
            :: worker != 0 -> UNLOCK
            :: worker == 0 -> /* enter_queue(); serve() announces the waiter, too */
                waits[hart] = 1; /* wait_in_queue() */
                serve();
                UNLOCK;
                atomic { begun[hart] != 0 -> worker = begun[hart]; begun[hart] = 0 }
            fi
        fi;
        assert(has_owner[worker]);
        mine = worker;
        if /* fast_reply() */
        :: slot[hart] != 0 -> goto slow_reply
        :: else
        fi;
        atomic {
            !slot_is_late[hart] ->
            GIVEN(mine);
            late_slot[hart] = mine;
            slot_is_late[hart] = 1
        };
#ifndef NO_FENCE_IN_REPLY
        BUFFER_EMPTY(hart);
#endif
#ifndef NO_SECOND_LOOK
        if
        :: ATTENTION(hart) ->
#ifdef NO_EXCHANGE_BACK /* it believes that the worker is still there */
            atomic { !slot_is_late[hart] -> slot[hart] = 0; worker = mine; TAKEN(mine) };
            goto slow_reply
#else
            take_from(hart);
            if
            :: worker != 0 -> assert(worker == mine); goto slow_reply
            :: worker == 0 /* whoever wanted one has it */
            fi
#endif
        :: else
        fi;
#endif
        goto replied;
slow_reply: /* reply() */
        LOCK;
        give_idle_worker(mine);
        serve();
        UNLOCK;
replied:
        skip
    od
}

init
{
    atomic {
        slot[0] = 1; /* add_worker(): one in a slot, the other one in the list */
        idle_workers = 2;
        run stores(0);
        run stores(1);
        run stores(2);
        run client(0);
        run client(1);
        run client(2)
    }
}
