// A pool: a server's workers, the slice on which it handles events, and who waits for a worker.
#pragma once
#include "kernel/arch/riscv64/hart.hpp"
#include "kernel/object/endpoint.hpp"
#include "kernel/object/notification.hpp"
#include "kernel/object/thread.hpp"

namespace kernel {

class Pool final : public Object {
public:
    static constexpr ObjectType object_type = ObjectType::pool;
    static constexpr abi::Rights rights =
        std::to_underlying(abi::Right::manage) | std::to_underlying(abi::Right::duplicate);

    Pool(Process& process, std::uint64_t entry, std::uint32_t priority, bool uses_own_slice)
        : Object{object_type, &process}, entry{entry}, process{&process},
          uses_own_slice{uses_own_slice}, slice{process, priority, this}
    {
    }

    bool has_events() const { return !notifications.empty() || !closed.empty(); }

    // An idle worker at hand for each hart, on a line of its own. Taken and given with one atomic
    // exchange, without a lock. A worker that is given to a slot must look at `attention` after a
    // fence: whoever sets it looks at the slots after a fence, so one of the two sees the other.
    struct alignas(cache_line) IdleSlot {
        Thread* worker = nullptr;
    };
    IdleSlot idle[max_harts];
    IdleSlot& idle_slot(Hart const& hart)
    {
        return *reinterpret_cast<IdleSlot*>(reinterpret_cast<char*>(&idle) + hart.idle_offset);
    }

    // Read by the fast path.
    std::uint64_t const entry;
    std::uint32_t attention = 0;  // someone waits for a worker, or an event does

    // Guarded by the kernel lock.
    Process* process;  // null once it has ended
    bool const uses_own_slice;
    Slice slice;
    IntrusiveList<Thread, &Thread::pool_link> workers;
    IntrusiveList<Thread, &Thread::link> idle_workers;  // those that found their slot taken
    IntrusiveList<Thread, &Thread::link> waiters;       // callers, by priority
    IntrusiveList<Thread, &Thread::link> pending;       // ready to run on `slice`, which is busy
    IntrusiveList<Notification, &Notification::event_link> notifications;  // with pending bits
    IntrusiveList<Notification, &Notification::bound_link> bound;
    IntrusiveList<Endpoint, &Endpoint::closed_link> closed;
    IntrusiveList<Endpoint, &Endpoint::pool_link> endpoints;
    std::uint64_t event_count = 0;
    ListLink<Pool> process_link;
};

}  // namespace kernel
