// What the arguments of each system call look like, so that random ones get past the first check.
#pragma once
#include "abi/syscall.hpp"
#include <array>

namespace hostile {

enum class Kind : std::uint8_t {
    none,
    handle,      // some handle that the process knows
    own_or,      // 0, its own process; or a handle
    small,       // a count, an index, a page
    bits,        // of a notification
    bit,         // one of them
    number,      // anything at all
    rights,      // some
    header,      // of a message, mostly well formed
    address,     // of something mapped, or of nothing
    page,        // the same, aligned; or 0
    length,      // in bytes
    deadline,    // soon
    period,      // 0, or a few milliseconds
    protection,  // and the flag behind it
    quota,       // in bytes
    slots,       // of a capability space
    service,     // where a worker starts
    plan,        // a ThreadParameters
    schedule,    // a SchedulingParameters
};

using Shape = std::array<Kind, 7>;

// By abi::Syscall.
extern std::array<Shape, abi::syscall_count> const shapes;

}  // namespace hostile
