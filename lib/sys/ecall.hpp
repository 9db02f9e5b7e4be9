// One system call, and its result as the caller wants it.
#pragma once
#include "lib/base/result.hpp"
#include "lib/machine/ecall.hpp"
#include <concepts>

namespace sys {

// The status alone, or the first value as a T.
inline Result<> without_value(EcallResult const& result) { return to_result(result.status); }

template <std::integral T>
Result<T> with_value(EcallResult const& result)
{
    if (result.status != Status::ok)
        return fail(result.status);
    return static_cast<T>(result.first);
}

}  // namespace sys
