// What each thread knows about its signals.
//
// A signal that arrives while the thread runs its program's own code is delivered at once. One that
// arrives in the middle of a system call waits for the call's end, which it hastens: the library
// may hold a lock or have half a message written.
#pragma once
#include "lib/sys/upcall.hpp"
#include "libc/posix/signal_set.hpp"
#include <array>

namespace posix {

// What has happened to a call that ends: the handlers without SA_RESTART decide.
enum class HandlersRun { none, with_restart, without_restart };

struct SignalThread {
    bool volatile in_call = false;
    SignalSet volatile pending = 0;
    SignalSet volatile blocked = 0;
    // rt_sigsuspend: `blocked` is this again once a handler has run.
    SignalSet blocked_before = 0;
    bool restores_blocked = false;
    HandlersRun handlers_run = HandlersRun::none;  // at the end of the call
    stack_t alternate{.ss_sp = nullptr, .ss_flags = SS_DISABLE, .ss_size = 0};

    SignalSet deliverable() const { return pending & ~(blocked & ~never_blocked); }
};

// Of the calling thread; null if signals are not sent to it.
SignalThread* signal_thread();

// The calling thread takes the process's signals from now on.
void start_signals(SignalSet blocked);
// The same in a child: it has its parent's handlers, but not what was sent to it.
void restart_signals_in_child();

// Called at the end of a system call that has left signals to deliver. Delivers them.
HandlersRun deliver_signals();

// How calls that wait name this process to servers (File.readNext): negative if the calling thread
// blocks `signal`, SIGTTIN or SIGTTOU.
std::int32_t waiter_for(int signal);

// To this process. One to the calling thread is delivered before its system call returns.
void raise_signal(int signal);

}  // namespace posix
