// System calls: numbers to functions.
#pragma once
#include "kernel/kernel.hpp"

namespace kernel::syscall {

// The value that a call returns in a1; the status is in the Result.
using Value = Result<std::uint64_t>;

// What a system call finds: the calling thread, its process and its arguments.
struct Context {
    Hart& hart;
    Thread& thread;
    Process& process;
    bool goes_on_later = false;
    bool is_settled =
        false;  // the call has said itself what becomes of the thread and its registers
    std::uint64_t loan = 0;  // bytes that the caller has lent for what the call makes

    std::uint64_t argument(std::size_t index) const { return thread.x[reg::a0 + index]; }
    HandleValue handle(std::size_t index) const
    {
        return static_cast<HandleValue>(argument(index));
    }

    // The object behind the handle in argument `index`. Errors: bad_handle, wrong_type, no_right
    template <KernelObject T>
    Result<T*> lookup(std::size_t index, Right right) const
    {
        return process.caps.lookup<T>(handle(index), right);
    }

    // The same for a process, where handle 0 is the caller's own.
    Result<Process*> lookup_process(std::size_t index, Right right) const
    {
        if (handle(index) == 0)
            return &process;
        Process* const found = TRY(lookup<Process>(index, right));
        if (found->has_ended())
            return fail(Status::peer_died);
        return found;
    }

    // The thread will make the system call again, with `value` in argument `index`: after the
    // interrupts that wait. For what takes long; the rest is done then.
    void go_on_later(std::size_t index, std::uint64_t value)
    {
        thread.x[reg::a0 + index] = value;
        goes_on_later = true;
    }

    Value settled()
    {
        is_settled = true;
        return 0;
    }

    // Calls some(at), which returns where it has stopped, from the value of argument `index` up to
    // `end`. False if the rest comes later. Errors: those of some()
    template <class Some>
    Result<bool> go_through(std::size_t index, std::uint64_t end, Some const& some)
    {
        for (std::uint64_t at = argument(index); at < end;) {
            at = TRY(some(at));
            if (at < end && arch::is_interrupt_pending()) {
                go_on_later(index, at);
                return false;
            }
        }
        return true;
    }

    // Who pays for what the call makes, at most `bytes`: the process, or, if the thread charges its
    // caller, that one. Errors: no_memory, cancelled
    Result<Process*> payer(std::uint64_t bytes);
    // What the call would have made has not been made.
    void return_loan();
};

// Runs the system call that the current thread's frame describes.
void handle(Hart& hart);

// Each call as a function that returns the value to the calling thread.
#define SYSCALL(name) Value name(Context&);
#include "abi/syscall.def"
#undef SYSCALL

}  // namespace kernel::syscall
