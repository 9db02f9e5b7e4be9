// Pass<T>: a capability on its way into a message. A T that is moved in is given away; from any
// other T the receiver gets a copy, which needs the right `duplicate`.
#pragma once
#include "lib/sys/handle.hpp"
#include "lib/sys/syscalls.hpp"

namespace sys {

template <class T>
class Pass {
public:
    Pass() = default;  // no capability
    Pass(T const& lent) : lent_{lent.value()} {}
    Pass(T&& given) : given_{given.release()} {}

    // Copies with at most these rights.
    Pass(T const& lent, Rights rights) : lent_{lent.value()}, rights_{rights} {}

    abi::HandleTransfer transfer() const
    {
        if (given_)
            return {given_.value(), rights_, 1};
        return {lent_, rights_, 0};
    }

    // The message that names it was sent.
    void release() { given_.release(); }

private:
    Handle given_;
    HandleValue lent_ = 0;
    Rights rights_ = T::passed_rights;
};

}  // namespace sys
