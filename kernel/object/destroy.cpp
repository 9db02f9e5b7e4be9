// The end of an object.
#include "kernel/object/destroy.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/kernel.hpp"

namespace kernel {

namespace {

void dismantle(Object&) {}  // the others
void dismantle(Process& process) { process.release(); }
void dismantle(Interrupt& interrupt) { system.plic.detach(interrupt); }
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

// As what it is, of the types that have a slab.
template <class... T>
void destroy_as(Object& object, std::tuple<SlabOf<T>...> const&)
{
    (void)((object.type() == T::object_type && (finish<T>(object), true)) || ...);
}

}  // namespace

bool take_apart(Object& object)
{
    if (object.type() == ObjectType::process)
        return static_cast<Process&>(object).space.release_some();
    if (object.type() == ObjectType::memory)
        return static_cast<Memory&>(object).release_some();
    return true;
}

void destroy(Object& object) { destroy_as(object, system.object_slabs); }

}  // namespace kernel
