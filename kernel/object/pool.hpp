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
    static constexpr abi::Rights rights = abi::rights(abi::Right::manage, abi::Right::duplicate);

    struct Options {
        std::uint64_t entry;
        std::uint32_t priority;
        abi::PoolOptions policy;
    };

    Pool(Process& process, Options const& options)
        : Object{object_type, &process}, entry{options.entry}, process{&process},
          policy{options.policy}, slice{process, options.priority, this}
    {
    }

    bool has(abi::PoolFlags flag) const { return (policy.flags & std::to_underlying(flag)) != 0; }
    bool uses_own_slice() const { return has(abi::PoolFlags::own_slice); }
    // Every call takes the slow way, so no worker waits in a slot.
    bool is_slow() const { return uses_own_slice() || policy.min_budget != 0; }
    // The pool's slice has nothing to run.
    bool slice_is_free() const
    {
        return slice.top == nullptr &&
               (slice.state == Slice::State::parked || slice.state == Slice::State::lent);
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

    // Whether the worker, which is of this pool, has nothing to do.
    bool has_idle(Thread const& worker) const
    {
        for (IdleSlot const& slot : idle)
            if (std::atomic_ref{const_cast<Thread*&>(slot.worker)}.load() == &worker)
                return true;
        return worker.state == Thread::State::idle;
    }

    // Read by the fast path.
    std::uint64_t const entry;
    std::uint32_t attention = 0;  // someone waits for a worker, or an event does

    // Guarded by the kernel lock.
    Process* process;  // null once it has ended
    abi::PoolOptions const policy;
    Slice slice;
    IntrusiveList<Thread, &Thread::pool_link> workers;
    IntrusiveList<Thread, &Thread::link> idle_workers;  // those that found their slot taken
    IntrusiveList<Thread, &Thread::link> waiters;       // callers, by priority
    IntrusiveList<Thread, &Thread::link> pending;       // ready to run on `slice`, which is busy
    IntrusiveList<Notification, &Notification::event_link> notifications;  // with pending bits
    IntrusiveList<Notification, &Notification::bound_link> bound;
    IntrusiveList<Endpoint, &Endpoint::closed_link> closed;
    IntrusiveList<Endpoint, &Endpoint::pool_link> endpoints;
    std::uint64_t helpers = 0;  // slices that are lent for the sake of a worker
    std::uint64_t event_count = 0;
    ListLink<Pool> process_link;
};

}  // namespace kernel
