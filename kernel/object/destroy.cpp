// The end of an object.
#include "kernel/object/destroy.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/kernel.hpp"

namespace kernel {

namespace {

void dismantle(Process& process) { process.release(); }
void dismantle(Thread&) {}
void dismantle(Memory&) {}
void dismantle(CallRecord&) {}
void dismantle(Interrupt& interrupt) { system.plic.detach(interrupt); }
void dismantle(Root&) {}
void dismantle(DmaSpace& space) { space.release(); }
void dismantle(Pool& pool) { TimerQueue::disarm(pool.slice.refill); }

void dismantle(Endpoint& endpoint)
{
    if (endpoint.home != nullptr)
        endpoint.home->endpoints.remove(endpoint);
}

void dismantle(Notification& notification)
{
    while (NotificationTimer* const timer = notification.timers.take_front()) {
        TimerQueue::disarm(*timer);
        notification.payer()->free(system.timer_slab, timer);
    }
}

template <class T>
void finish(Object& object)
{
    T& item = static_cast<T&>(object);
    dismantle(item);
    Process* const payer = item.payer();
    item.~T();
    if (payer == nullptr)
        return slab_for<T>().free(system.frames, &item);
    payer->free(slab_for<T>(), &item);
    payer->drop_reference();
}

}  // namespace

bool take_apart(Object& object)
{
    if (object.type() == ObjectType::process)
        return static_cast<Process&>(object).release_some();
    if (object.type() == ObjectType::memory)
        return static_cast<Memory&>(object).release_some();
    return true;
}

void destroy(Object& object)
{
    switch (object.type()) {
    case ObjectType::process:
        return finish<Process>(object);
    case ObjectType::thread:
        return finish<Thread>(object);
    case ObjectType::pool:
        return finish<Pool>(object);
    case ObjectType::endpoint:
        return finish<Endpoint>(object);
    case ObjectType::notification:
        return finish<Notification>(object);
    case ObjectType::memory:
        return finish<Memory>(object);
    case ObjectType::interrupt:
        return finish<Interrupt>(object);
    case ObjectType::dma_space:
        return finish<DmaSpace>(object);
    case ObjectType::call_record:
        return finish<CallRecord>(object);
    case ObjectType::root:
        return finish<Root>(object);
    }
}

}  // namespace kernel
