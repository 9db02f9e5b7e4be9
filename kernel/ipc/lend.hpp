// What a call lends of the caller's memory; docs/abi.md.
#pragma once
#include "kernel/object/thread.hpp"

namespace kernel::ipc {

// Keeps what the sender's buffer says of its leases, and tells the receiver, but not where they
// are. Nothing here can fail: each access is checked.
[[gnu::always_inline]] inline void lend(Thread& sender, Thread& receiver, std::size_t count)
{
    for (std::size_t i = 0; i < count; i++) {
        sender.leases[i] = sender.buffer->leases[i];
        receiver.buffer->leases[i] = {0, sender.leases[i].length_bytes, sender.leases[i].access};
    }
    sender.lease_count = static_cast<std::uint32_t>(count);
    sender.call_flags |= Thread::lends_memory;
}

}  // namespace kernel::ipc
