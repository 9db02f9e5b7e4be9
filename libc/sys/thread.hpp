// Threads as musl starts and ends them.
#pragma once
#include "lib/sys/handle.hpp"
#include "libc/sys/arguments.hpp"

namespace libc {

// A number for the calling process's next thread; the first thread has number 1.
int take_thread_id();

// Sets the word that is cleared, and its waiter woken, when the calling thread ends. Returns the
// first thread's number: it is the only one that asks.
long set_address_to_clear(Arguments const& arguments);

[[noreturn]] void end_thread();

}  // namespace libc
