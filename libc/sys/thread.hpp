// Threads as musl starts and ends them.
#pragma once
#include "lib/base/result.hpp"
#include "lib/sys/handle.hpp"
#include "libc/sys/arguments.hpp"

namespace posix {
struct SignalThread;
}

namespace libc {

// Locks that processes share name their owner, so no two threads of the machine have one number:
// the first one has its process's, the others that and a multiple of this.
inline constexpr int process_numbers = 1 << 15;

// A number for the calling process's next thread.
int take_thread_id();

// Sets the word that is cleared, and its waiter woken, when the calling thread ends. Returns the
// first thread's number, as far as it is known: it is the only one that asks.
long set_address_to_clear(Arguments const& arguments);

[[noreturn]] void end_thread();

// What libc/posix knows of threads. The number of the first one:
[[gnu::weak]] int first_thread_number();
// whether a thread of the process has that number;
[[gnu::weak]] bool has_thread(int number);
// the thread itself, which stays who it is for as long as it lives; 0: it is not known.
[[gnu::weak]] sys::HandleValue handle_of_thread(int number);

// What libc/posix is told of threads. By the creator, before the thread is there, which has its
// creator's blocked signals:
[[gnu::weak]] posix::SignalThread* announce_thread(int number);
// by the thread, before it does anything;
[[gnu::weak]] void begin_thread(posix::SignalThread* thread);
// by the creator, who has its handle, if it could be made;
[[gnu::weak]] void know_thread(posix::SignalThread* thread, Result<sys::Handle> handle);
// Nothing interrupts the creator between the first and the last of these.
[[gnu::weak]] void hold_signals();
[[gnu::weak]] void let_signals_in();
// by the thread, at its end. False: the process needs it, for
[[gnu::weak]] bool leave_thread();
[[gnu::weak, noreturn]] void hear_signals();

}  // namespace libc
