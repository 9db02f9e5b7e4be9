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
        hand_over();
}

void Object::drop_handle()
{
    std::uint64_t const before = holders_.fetch_sub(one_handle, std::memory_order_acq_rel);
    bool const is_last = before / one_handle == 1;
    if (is_last && type_ == ObjectType::call_record)
        ipc::forget(static_cast<CallRecord&>(*this));
    if (before == one_handle || (is_last && type_ == ObjectType::process))
        hand_over();
}

void Object::hand_over()
{
    if (released_.exchange(1, std::memory_order_acq_rel) == 0)
        system.reclaimer.add(*this);
}

// The flag goes first: whoever drops the object from now on hands it over again.
bool Object::is_known_again()
{
    released_ = 0;
    bool const is_held = holders_.load(std::memory_order_acquire) != 0;
    return is_held || released_.exchange(1, std::memory_order_acq_rel) != 0;
}

}  // namespace kernel
