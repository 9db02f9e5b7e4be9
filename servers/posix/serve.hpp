// Objects that this server makes for clients.
#pragma once
#include "servers/posix/service.hpp"
#include <memory>

namespace posix {

// The first client of an object that is its own from now on: `closed` is its end.
// Errors: no_memory (there is no object), no_handles
template <class Interface, class Object>
Result<Interface> serve(Service& service, std::unique_ptr<Object> object)
{
    if (!object)
        return fail(Status::no_memory);
    Interface client{TRY(service.pool.endpoint(*object))};
    (void)object.release();
    return client;
}

}  // namespace posix
