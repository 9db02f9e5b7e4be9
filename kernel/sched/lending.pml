/* A model of lending and abandoning: kernel/sched/lending.cpp, kernel/ipc/abandon.cpp, kernel/ipc/chain.cpp.
 *
 * Two clients call two pools of one worker each, whose workers call each other's pool or not. Who finds
 * the worker busy waits and lends its slice to the one that carries it. Calls are abandoned at any
 * moment. Found wrong would be a circle of lenders, a slice that helps one which does not carry what it
 * waits for, a call that is completed twice, and one that is never completed (an invalid end state).
 * Each step has the kernel lock.
 *
 * BROKEN: NO_CIRCLE_CHECK NO_FOLLOW KEEPS_CALLER FORGETS_QUEUE ANSWERS_TWICE
 */
#define NONE 9
#define CALLS 2

/* Callers: clients 0 and 1, workers 2 and 3 of pools 0 and 1. Slices: of clients 0 and 1, of pools 2, 3. */
byte caller[4] = NONE; /* of workers */
bit busy[4], on_pool_slice[4];
byte waits_for[4] = NONE; /* a worker, in whose pool's queue the caller is */
byte callee[4] = NONE;
byte answers[4]; /* that have come and were not taken */
byte lent_to[4] = NONE;
byte awaited[4] = NONE;
byte s, t, k; /* of the one that has the lock */

/* slice_of(): s is the slice that carries the thread */
inline slice_of(thread)
{
    s = thread;
    do
    :: s < 2 || on_pool_slice[s] -> break
    :: else -> s = caller[s]
    od
}

/* leads_to(): t becomes NONE if lending `from` to `to` closes no circle */
inline follow_edges(to, from)
{
    t = to;
    do
    :: t == NONE || t == from -> break
    :: else -> t = lent_to[t]
    od
}

inline check()
{
    k = 0;
    do
    :: k < 4 ->
        if
        :: lent_to[k] != NONE ->
            slice_of(awaited[k]);
            assert(lent_to[k] == s);
            follow_edges(lent_to[k], k);
            assert(t == NONE)
        :: else
        fi;
        k++
    :: else -> break
    od;
    s = 0; t = 0; k = 0
}

inline begin(who, worker)
{
    assert(!busy[worker]);
    busy[worker] = 1; caller[worker] = who; callee[who] = worker
}

inline finish(who) { callee[who] = NONE; answers[who]++; assert(answers[who] == 1) }

/* call(): refused with deadlock if the one that carries the worker waits for the caller */
inline call(who, worker)
{
    byte mine;
    d_step {
        if
        :: !busy[worker] -> begin(who, worker)
        :: else ->
            slice_of(who); mine = s;
            slice_of(worker);
            follow_edges(s, mine);
#ifdef NO_CIRCLE_CHECK
            t = NONE;
#endif
            if
            :: t != NONE -> finish(who)
            :: else -> waits_for[who] = worker; lent_to[mine] = s; awaited[mine] = worker
            fi
        fi;
        mine = 0;
        check()
    }
}

/* follow(): who helped a slice for the sake of a worker helps the one that carries it now */
inline follow()
{
#ifdef NO_FOLLOW
    skip
#else
    k = 0;
    do
    :: k < 4 ->
        if
        :: lent_to[k] != NONE -> slice_of(awaited[k]); lent_to[k] = s
        :: else
        fi;
        k++
    :: else -> break
    od
#endif
}

/* abandon() of a client's call */
inline abandon(who)
{
    if
    :: waits_for[who] != NONE -> waits_for[who] = NONE; lent_to[who] = NONE; awaited[who] = NONE
    :: else ->
        on_pool_slice[callee[who]] = 1;
        if /* the slice may have been lent by the top of the chain, which has another one now */
        :: lent_to[who] != NONE ->
            lent_to[callee[who]] = lent_to[who]; awaited[callee[who]] = awaited[who];
            lent_to[who] = NONE; awaited[who] = NONE
        :: else
        fi;
#ifndef KEEPS_CALLER
        caller[callee[who]] = NONE;
#endif
        follow()
    fi;
#ifdef ANSWERS_TWICE
    finish(who);
#endif
    finish(who)
}

inline stop_waiting(who)
{
    slice_of(who); waits_for[who] = NONE; lent_to[s] = NONE; awaited[s] = NONE
}

/* reply(): the worker is idle, or serves one of those that wait, and the others help that one */
inline reply(worker)
{
    d_step {
        if
        :: caller[worker] != NONE -> finish(caller[worker])
        :: else
        fi;
        busy[worker] = 0; caller[worker] = NONE; on_pool_slice[worker] = 0;
        k = 0;
        do
#ifdef FORGETS_QUEUE
        :: true -> k = 4; break
#endif
        :: k == 4 || waits_for[k] == worker -> break
        :: else -> k++
        od;
        if
        :: k < 4 -> stop_waiting(k); begin(k, worker); follow()
        :: else
        fi;
        check()
    }
}

proctype server(byte self)
{
    byte other = 5 - self;
end:
    do
    :: busy[self] ->
        if
        :: caller[self] != other && caller[other] != self -> /* else its own chain holds the worker */
            call(self, other);
            d_step { answers[self] == 1 -> answers[self] = 0 }
        :: true
        fi;
        reply(self)
    od
}

proctype client(byte self)
{
    byte calls;
    do
    :: calls == CALLS -> break
    :: else ->
        calls++;
        if
        :: call(self, 2)
        :: call(self, 3)
        fi;
        d_step { answers[self] == 1 -> answers[self] = 0 }
    od
}

proctype deadline(byte who)
{
end:
    do
    :: d_step { callee[who] != NONE || waits_for[who] != NONE -> abandon(who); check() }
    od
}

init { atomic { run server(2); run server(3); run client(0); run client(1); run deadline(0) } }
