// Who waits for a worker, or for a lock with an owner, lends its slice to the one that carries what
// it waits for: that slice stays on its hart and runs at the best lender's priority, at that
// lender's cost, then at its own. Transitive; the same rule on one hart and on many.
//
// All guarded by the kernel lock, which is also the lending lock.
#pragma once
#include "kernel/object/thread.hpp"

namespace kernel::lending {

// The slice that carries the thread, which has work: it is found by the chain below the thread,
// which nobody changes while the thread is busy.
Slice& slice_of(Thread const& thread);

// Whether lending `from` to `to` would close a circle.
bool leads_to(Slice const& to, Slice const& from);

// `slice`, which has been parked, helps what carries `awaited` from now on.
// Nothing happens if that would close a circle.
void lend(Slice& slice, Thread& awaited);
// It waits no more, or for something else; it is parked then.
void take_back(Slice& slice);
// Some of what the slice carried is carried by others now: who helped it for that helps them.
void follow(Slice& from);
// Who helps the slice for the sake of `awaited` only waits from now on.
void turn_away(Slice& slice, Thread const& awaited);

// The slice's own priority or budget, or who lends to it, has changed, or a refill is due.
void settle(Slice& slice);

}  // namespace kernel::lending
