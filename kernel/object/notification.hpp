// A notification: 64 bits that others set and one side takes; nothing is lost in between.
#pragma once
#include "kernel/object/thread.hpp"
#include <atomic>

namespace kernel {

class Pool;

// One armed time of a notification.
struct NotificationTimer : Timer {
    NotificationTimer(Notification& target, std::uint64_t bits)
        : Timer{Kind::notification}, target{&target}, bits{bits}
    {
    }
    Notification* target;
    std::uint64_t bits;
    Ticks period = 0;
    bool is_due = false;  // it has fired, and goes on when its bit has been taken
    ListLink<NotificationTimer> list_link;
};

class Notification final : public Object {
public:
    static constexpr ObjectType object_type = ObjectType::notification;
    static constexpr abi::Rights rights =
        abi::rights(abi::Right::signal, abi::Right::wait, abi::Right::duplicate);

    explicit Notification(Process& payer) : Object{object_type, &payer} {}

    std::uint64_t take_bits()
    {
        if (!timers.empty())
            restart_timers();
        return pending.exchange(0, std::memory_order_acquire);
    }
    // After a change of `waiters` or `pool`.
    void settle_attention()
    {
        attention.store(pool != nullptr || !waiters.empty() ? 1 : 0, std::memory_order_relaxed);
    }
    // A timer that nobody attends to stands still, so that it costs nothing but its owner's time.
    [[gnu::noinline]] void restart_timers();

    // These two without a lock: see syscall/short_calls.cpp.
    std::atomic<std::uint64_t> pending{0};
    std::atomic<std::uint32_t> attention{0};  // somebody waits, or a pool takes the bits as events
    IntrusiveList<Thread, &Thread::link> waiters;
    IntrusiveList<NotificationTimer, &NotificationTimer::list_link> timers;

    Pool* pool = nullptr;  // events go to its workers; the pool holds a reference to this
    std::uint64_t badge = 0;
    bool queued = false;  // in the pool's list of events
    ListLink<Notification> event_link;
    ListLink<Notification> bound_link;
};

}  // namespace kernel
