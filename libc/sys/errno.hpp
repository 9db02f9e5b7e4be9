// Baton's statuses as C programs know them.
#pragma once
#include "lib/base/result.hpp"

namespace libc {

int to_errno(Status status);

// What a Linux system call returns: 0 or more, or an error number with a minus sign.
inline long to_return(Result<> const& result) { return result ? 0 : -to_errno(result.error()); }

template <class T>
long to_return(Result<T> const& result)
{
    return result ? static_cast<long>(*result) : -to_errno(result.error());
}

}  // namespace libc
