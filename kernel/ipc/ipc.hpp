// Calls: how a slice gets from thread to thread. docs/architecture.md, section 2.
#pragma once
#include "abi/message.hpp"
#include "kernel/kernel.hpp"

namespace kernel::ipc {

// The system calls `call` and `reply`, for whatever the fast path leaves. The arguments are in the
// current thread's frame. Errors of `call`: bad_handle, wrong_type, no_right, bad_message,
// deadlock, peer_died, revoked, busy, no_budget, no_handles, timed_out
Result<> call(Hart& hart);
void reply(Hart& hart);
// The current thread faulted: calls its process's fault handler in its name. False if there is
// none, it cannot be called, or it has said that this fault is final.
bool call_fault_handler(Hart& hart, std::uint64_t cause, VirtAddr address);
// The same for the pager of the memory that is mapped at the address, if it is still needed.
bool call_pager(Hart& hart, VirtAddr address);

// The caller of the current worker is to be answered later. Errors: bad_argument (no caller),
// no_memory, no_handles
Result<HandleValue> detach(Hart& hart);
// Answers a detached call; the arguments are in the current thread's frame, at a1 to a6.
// Errors: bad_message, no_handles; cancelled (the caller is gone)
Result<> complete(Hart& hart, CallRecord& record);
// The last handle to a record has gone: a caller that still waits is told peer_died.
void forget(CallRecord& record);

// Ends a call with a status and nothing else. `caller` waits in a call and is in no queue; it
// becomes ready if its slice is free to run it.
void finish(Thread& caller, Status status);

// Copies the message announced in `sender`'s frame to `receiver`: words, handles, leases; returns
// the header for the receiver. Errors: bad_message, bad_handle, no_right, no_handles - no effect
Result<std::uint64_t> transfer(Thread& sender, Thread& receiver, std::uint64_t header);

// The same handles, when nobody takes them: those that were to be moved are closed.
void drop_moved_handles(Thread& sender, std::size_t count);

// Ends a call before the server has answered: the caller gets the status, the server's workers go
// on without it, on their pools' slices. Requires: caller.is_in_call()
void abandon(Thread& caller, Status status);
// Ends the waits of the thread and of who works for it, unless they are shielded; the calls go on.
void interrupt(Thread& thread);
// Whether the thread may begin to wait. Errors: interrupted, cancelled
Result<> check_undisturbed(Thread& thread);
// The time until which a thread wanted to wait has come.
void deadline_passed(Thread& thread);
// Ends the wait of a thread that is in no call.
void end_wait(Thread& thread, Status status, std::uint64_t value = 0);
// The current slice has run out of CPU time: true if its pool has it moved, so that something else
// is the current thread, or nothing.
bool move_overrun(Hart& hart);
// The caller pays for what its worker has run on the pool's slice.
void pay_debt(Thread& caller, Thread const& worker);
// The worker goes on, on its pool's slice; the caller waits for it.
void move_to_pool_slice(Thread& caller, Thread& worker);
// A call through the endpoint is done, or it was detached.
void leave_endpoint(Endpoint& endpoint, bool was_abandoned);

// Gives work to the pool's idle workers: events and waiting callers. Call after adding some.
void serve(Pool& pool);
// The pool's slice may have become free: lets go on what waited for it.
void resume(Pool& pool);
// Takes an idle worker away from the pool. Null if all are busy.
Thread* take_idle_worker(Pool& pool);
void give_idle_worker(Pool& pool, Thread& worker);
// From now on no worker becomes idle without serve() being called.
void announce_waiter(Pool& pool);
// The queued caller lends its slice to a worker of the pool, if it has the slice and one can be
// helped.
void help_worker(Thread& caller);
// Who waits: those of a higher priority come first.
void insert_by_priority(IntrusiveList<Thread, &Thread::link>& queue, Thread& thread);

// Adds bits to a notification and wakes who waits for them.
void signal(Notification& notification, std::uint64_t bits);
// What is left of a `signal` by the current thread whose bits are there already. The lock is held.
[[noreturn]] void signal_and_leave(Hart& hart, Notification& notification);

// For the reclaimer. True if the object has a last act before it: an endpoint tells its pool.
bool retire(Object& object);

// The calling process's side of a lease. Errors: bad_argument, out_of_range, no_right, bad_address
Result<std::uint64_t> copy_lease(Thread& worker, Thread& lender, std::uint64_t index,
                                 std::uint64_t offset, VirtAddr address, std::uint64_t length,
                                 std::uint64_t access);

// What happens to the calls of a thread whose process ends. Other harts stand still.
void remove_thread(Thread& thread);

}  // namespace kernel::ipc
