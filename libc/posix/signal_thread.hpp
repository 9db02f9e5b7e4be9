// What each thread knows about its signals.
//
// A signal that arrives while the thread runs its program's own code is delivered at once. One that
// arrives in the middle of a system call waits for the call's end, which it hastens: the library
// may hold a lock or have half a message written.
//
// The server sends what is for the process to its first thread, which passes on what it blocks to
// one that does not; what all block waits until one asks. Between threads of a process signals
// need no server, but to end what it has the other thread wait for.
#pragma once
#include "generated/interfaces/kernel.hpp"
#include "lib/sys/upcall.hpp"
#include "libc/posix/signal_set.hpp"
#include <atomic>
#include <optional>
#include <span>

namespace posix {

// What has happened to a call that ends: the handlers without SA_RESTART decide.
enum class HandlersRun { none, with_restart, without_restart };

struct SignalThread {
    // Of a thread that ended before its creator knew its handle.
    static constexpr sys::HandleValue nobody = ~sys::HandleValue{0};

    // What other threads look at.
    std::atomic<int> number = 0;  // as musl has it; 0: there is no such thread; -1: not yet
    std::atomic<sys::HandleValue> handle = 0;  // the kernel's thread; 0: not known yet
    std::atomic<SignalSet> blocked = 0;
    std::atomic<SignalSet> awaited = 0;      // by sigtimedwait
    std::atomic<SignalSet> sent = 0;         // to it, by threads of the process
    std::atomic<SignalSet> passed_on = 0;    // sent to the process
    std::atomic<SignalSet> kept = 0;         // that come to the process for it alone
    std::atomic<bool> has_begun = false;     // it looks at what others say here
    std::atomic<bool> stands_still = false;  // see process_stop.hpp
    std::atomic<int> niceness = 0;           // beside the process's
    std::uint32_t told_of_stop = 0;          // of who stops the process: by which number

    // The thread's own.
    std::atomic<SignalSet> pending = 0;
    std::atomic<SignalSet> own = 0;  // of the pending ones, those that were `sent`
    bool volatile in_call = false;
    // rt_sigsuspend: `blocked` is this again once a handler has run.
    SignalSet blocked_before = 0;
    bool restores_blocked = false;
    HandlersRun handlers_run = HandlersRun::none;  // at the end of the call
    void* alternate_stack = nullptr;
    std::size_t alternate_bytes = 0;  // 0: there is none
    sys::UpcallArea* area = nullptr;  // where handlers begin; stays for the next thread

    // Until a handler has run, or the call has ended. A call that is made again has blocked them
    // already.
    void block_meanwhile(SignalSet mask)
    {
        if (!restores_blocked)
            blocked_before = blocked;
        restores_blocked = true;
        blocked = mask & ~never_blocked;
    }
    void restore_blocked()
    {
        if (restores_blocked)
            blocked = blocked_before;
        restores_blocked = false;
    }

    SignalSet deliverable() const { return pending & ~(blocked & ~never_blocked); }
    // What came to the process and is not for this thread.
    SignalSet for_others() const
    {
        return pending & blocked & ~awaited & ~own & ~kept & ~never_blocked;
    }
    // The last thing that others see of a thread whose row its creator gives back.
    bool has_left() const { return handle == nobody; }
    // A cancellation that was put off until the end of a call.
    bool is_cancelled() const { return (pending & blocked & set_of(cancel_signal)) != 0; }
};

// signal_threads.cpp

// All rows that have ever been used.
std::span<SignalThread> used_threads();
// Of the calling thread; null if signals are not sent to it.
SignalThread* signal_thread();
// All that is pending in the process.
SignalSet all_pending(SignalThread const& thread);
// Blocks these, and takes what waits for a thread that does not block it.
void set_blocked(SignalThread& thread, SignalSet blocked);
void take_unclaimed(SignalThread& thread);
// What others have sent to the thread is pending from now on.
void take_sent(SignalThread& thread, SignalSet bits);
// Context: the thread is not in a system call of a server's.
void pass_on(SignalThread& thread);
bool has_other_taker(SignalThread const& thread);
// Errors: no_process (there is no such thread)
Result<> send_to_thread(int number, int signal);
Result<int> niceness_of_thread(int number);
Result<> set_niceness_of_thread(int number, int niceness);
// A timer's signal is for that thread, whose handle this is. Errors: bad_argument (there is no such
// thread), no_handles
Result<Thread> keep_for_thread(int number, int signal);
// To the calling thread, which takes it at the end of its call.
void raise_signal(int signal);
// The calling thread is the process's first one.
SignalThread& enter_first_thread(SignalSet blocked);
// The only one, in a child.
void stay_alone();
// The thread hears that others have left something for it.
void send_doorbell(SignalThread const& thread);
// All that threads of the process wait for at the server is answered `interrupted`.
void end_waits();
// Before exec: threads' handles are not the new program's.
void forget_threads();

// signal_delivery.cpp

// False: there is no memory.
bool make_area(SignalThread& thread);
// The calling thread takes signals from now on.
void start_signals(SignalThread& thread);
// The same in a child: it has its parent's handlers, but not what was sent to it.
void restart_signals_in_child();

// Called at the end of a system call that has left signals to deliver. Delivers them.
HandlersRun deliver_signals(SignalThread& thread);

// What came with a signal that is taken from the pending ones now; nothing if it had been taken
// before.
std::optional<siginfo_t> take_details(SignalThread& thread, int signal);

// From now on the server is asked about each signal: it waits until a timer's is taken.
void expect_details();

// How calls that wait name this process to servers (File.readNext): negative if the calling thread
// blocks `signal`, SIGTTIN or SIGTTOU.
std::int32_t waiter_for(int signal);

// While it exists, no handler of a signal runs in the thread.
class UninterruptedPart {
public:
    UninterruptedPart() : thread_{signal_thread()}
    {
        if (thread_ != nullptr)
            thread_->in_call = true;
    }
    ~UninterruptedPart()
    {
        if (thread_ != nullptr)
            thread_->in_call = false;
    }
    UninterruptedPart(UninterruptedPart const&) = delete;
    UninterruptedPart& operator=(UninterruptedPart const&) = delete;

private:
    SignalThread* thread_;
};

}  // namespace posix
