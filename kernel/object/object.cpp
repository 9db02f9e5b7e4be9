// What happens when nobody knows an object any more.
#include "kernel/ipc/ipc.hpp"
#include "kernel/kernel.hpp"
#include "kernel/object/destroy.hpp"

namespace kernel {

bool Object::try_reference()
{
    std::uint64_t holders = holders_.load(std::memory_order_relaxed);
    do {
        if (holders == 0)
            return false;
    } while (!holders_.compare_exchange_weak(holders, holders + one_reference,
                                             std::memory_order_relaxed));
    return true;
}

void Object::drop_reference()
{
    if (holders_.fetch_sub(one_reference, std::memory_order_acq_rel) == one_reference)
        release();
}

void Object::drop_handle()
{
    std::uint64_t const before = holders_.fetch_sub(one_handle, std::memory_order_acq_rel);
    if (before / one_handle == 1 && type_ == ObjectType::call_record)
        ipc::forget(static_cast<CallRecord&>(*this));
    if (before == one_handle)
        release();
}

void Object::release()
{
    if (released_.exchange(1, std::memory_order_acq_rel) == 0)
        system.reclaimer.add(*this);
}

bool Object::is_known_again()
{
    if (holders_.load(std::memory_order_acquire) == 0)
        return false;
    released_ = 0;
    return true;
}

}  // namespace kernel
