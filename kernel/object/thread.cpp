// A thread.
#include "kernel/object/thread.hpp"
#include "kernel/object/memory.hpp"
#include "kernel/object/pool.hpp"
#include "kernel/object/process.hpp"

namespace kernel {

Thread::Thread(Process& owner, Pool* worker_of, std::uint32_t priority)
    : Frame{}, Object{object_type, &owner}, process{&owner}, pool{worker_of},
      own_slice{owner, priority, nullptr}
{
}

void Thread::end_call()
{
    process->caps.release(std::exchange(accepted_handles, 0));
    TimerQueue::disarm(deadline);
    if ((call_flags & was_interrupted) != 0)
        interrupted = false;
    callee = nullptr;
    record = nullptr;
    call_flags = 0;
    lease_count = 0;
}

void Thread::start_at_entry()
{
    std::uint64_t const gp = x[reg::gp];
    std::uint64_t const tp = x[reg::tp];
    static_cast<Frame&>(*this) = {{}, stack_pointer, buffer, uses_fp, 0};
    x[reg::pc] = pool->entry;
    x[reg::sp] = stack_pointer;
    x[reg::gp] = gp;
    x[reg::tp] = tp;
}

}  // namespace kernel
