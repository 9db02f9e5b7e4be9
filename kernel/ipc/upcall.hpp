// Upcalls: a thread is sent to a handler in its own process, which finds its registers in its
// message buffer, and may change them. trap.S does so for system calls that are not the kernel's.
#pragma once
#include "abi/status.hpp"
#include "kernel/arch/riscv64/traps.hpp"

namespace kernel::ipc {

// The current thread, whose frame is complete, goes on in its handler, which learns why: as in
// scause and stval, and a status, if it is about memory that cannot be had. False if there is no
// handler, or it is at work.
bool send_to_handler(Thread& thread, std::uint64_t cause, std::uint64_t address, Status trouble);

// The same, if somebody wants it to.
inline void take_upcall(Thread& thread)
{
    if (thread.buffer->upcall.bits != 0) [[unlikely]]
        send_to_handler(thread, abi::upcall_by_thread, 0, Status::ok);
}

// The thread goes to its handler as soon as it can: a wait that it is in is interrupted. A call is,
// too, and its answer comes before; or, if `abandons`, it ends now. While the handler is at work
// the bits are kept, and nothing else happens.
void upcall(Thread& thread, std::uint64_t bits, bool abandons);

// Ends the handler's work: the current thread goes on with the registers that the handler has left.
// Returns if there are more bits for it to take.
inline void return_from_upcall(Thread& thread, std::uint64_t entry)
{
    abi::Upcall& upcall = thread.buffer->upcall;
    if (upcall.bits != 0)
        return;
    upcall.entry = entry;
    return_to_user(upcall.registers);
}

}  // namespace kernel::ipc
