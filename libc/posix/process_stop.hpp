// Stopping the process: it is stopped when all of its threads stand still.
//
// The thread that takes the signal tells the others by their doorbells, waits until each stands
// still or has ended, and then tells the server, which answers when the process is to go on. A
// thread stands still where it would run a handler: outside of system calls, so that it holds no
// lock of the library's and owes no server anything.
#pragma once
#include "libc/posix/signal_thread.hpp"

namespace posix {

bool is_stopping();

// Returns when the process goes on. `was_sent`: by the server, which may have sent SIGCONT since.
// Context: the thread is not in a system call.
void stop_process(SignalThread& thread, int signal, bool was_sent);

// Until the process goes on; returns at once if it is not being stopped. Context: as above.
void stand_still(SignalThread& thread);

// The calling thread will not stand still any more: it has ended.
void tell_departure();

// In a child, whose parent may be about to be stopped.
void forget_stop();

}  // namespace posix
