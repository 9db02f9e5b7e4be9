// Upcalls.
#include "kernel/ipc/upcall.hpp"
#include "kernel/ipc/chain.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/sched/lending.hpp"
#include <algorithm>

namespace kernel::ipc {

bool send_to_handler(Thread& thread, std::uint64_t cause, std::uint64_t address, Status trouble)
{
    abi::Upcall& upcall = thread.buffer->upcall;
    std::uint64_t const entry = std::atomic_ref{upcall.entry}.exchange(0);
    if (entry == 0)
        return false;
    thread.complete();
    std::ranges::copy(thread.x, upcall.registers);
    thread.x[reg::pc] = entry;
    thread.x[reg::tp] = upcall.thread_pointer;
    thread.x[reg::t0] = cause;
    thread.x[reg::t1] = address;
    thread.x[reg::t2] = std::to_underlying(trouble);
    thread.interrupted = false;
    thread.fault_is_final = false;
    return true;
}

// Its hart stands still, or will trap before the thread does anything. So either the bits are seen
// when it leaves the kernel, or its handler sees them.
void upcall(Thread& thread, std::uint64_t bits, bool abandons)
{
    halt(thread);
    abi::Upcall& upcall = thread.buffer->upcall;
    std::atomic_ref{upcall.bits}.fetch_or(bits);
    thread.call_flags |= Thread::has_upcall;  // or it has just begun to make a call
    if (bits == 0 || std::atomic_ref{upcall.entry}.load() == 0)
        return;
    Slice const& slice = lending::slice_of(thread);
    if (slice.state == Slice::State::running)
        slice.home->resched = true;
    if (abandons && thread.is_in_call() && !thread.reports_its_fault())
        abandon(thread, Status::interrupted);
    else
        interrupt(thread);
}

}  // namespace kernel::ipc
