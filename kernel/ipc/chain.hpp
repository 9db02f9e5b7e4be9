// A chain: a thread that calls, its worker, that worker's worker ... up to the top, which runs.
//
// It is changed by the hart that runs its slice; by others only while that hart stands still.
#pragma once
#include "kernel/kernel.hpp"

namespace kernel::ipc {

// For whom the thread works: its caller, or the detached one whose slice it still has.
inline Thread* client_of(Thread const& thread)
{
    return thread.caller != nullptr ? thread.caller : thread.lender;
}

// The thread at the end of the chain that begins with `thread`.
Thread& top_of(Thread& thread);

// Stops the other harts if one of them runs the chain, or may change it.
void halt(Thread const& thread);

// Takes the top off its slice, which is then parked and empty. Null if it has none, as it waits
// for a pool's slice. Requires: halt()
Slice* take_off_slice(Thread& top);

// The thread waits no more for what its slice helps.
void stop_helping(Thread& thread);

// Ends the wait of a thread, in whatever queue it is, without a result.
void leave_queue(Thread& thread);

// Who works for `thread`, directly or on its borrowed slice, works for nobody now: on its own
// pool's slice, and told so (`cancelled`). `slice` is what take_off_slice(top) returned.
void orphan_workers(Thread& thread, Thread& top, Slice* slice);

// The same for the worker of a call that runs on its pool's slice already.
void leave_parked_worker(Thread& caller);

}  // namespace kernel::ipc
