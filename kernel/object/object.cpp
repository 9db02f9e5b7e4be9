// What happens when nobody knows an object any more.
#include "kernel/ipc/ipc.hpp"
#include "kernel/kernel.hpp"
#include "kernel/object/destroy.hpp"

namespace kernel {

void Object::drop_reference()
{
    references_--;
    release_if_unknown();
}

void Object::drop_handle()
{
    handles_--;
    if (handles_ == 0 && type_ == ObjectType::call_record)
        ipc::forget(static_cast<CallRecord&>(*this));
    release_if_unknown();
}

void Object::release_if_unknown()
{
    if (handles_ != 0 || references_ != 0 || released_)
        return;
    released_ = true;
    system.reclaimer.add(*this);
}

bool Object::is_known_again()
{
    if (handles_ == 0 && references_ == 0)
        return false;
    released_ = false;
    return true;
}

}  // namespace kernel
