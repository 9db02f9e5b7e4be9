#include "libc/sys/futex.hpp"
#include "lib/sys/syscalls.hpp"
#include "libc/sys/clock.hpp"
#include "libc/sys/errno.hpp"
#include <algorithm>
#include <errno.h>

namespace libc {
namespace {

// Linux's numbers; musl keeps them in a header of its own.
enum Operation : long { wait = 0, wake = 1, requeue = 3, is_private = 128, modifiers = 128 | 256 };

long wait_on(std::uint32_t const* word, long expected, timespec const* timeout, bool may_be_shared)
{
    auto const deadline = deadline_after(timeout);
    if (!deadline)
        return -to_errno(deadline.error());
    if (may_be_shared)
        if (auto const waited =
                wait_for_shared(word, static_cast<std::uint32_t>(expected), *deadline))
            return *waited;
    auto const result = sys::futex_wait(word, static_cast<std::uint32_t>(expected), *deadline);
    // The word had another value already.
    if (!result && result.error() == Status::busy)
        return -EAGAIN;
    return to_return(result);
}

long wake_on(std::uint32_t const* word, long count, bool may_be_shared)
{
    constexpr long most = 0x7fff'ffff;
    auto const positive = static_cast<std::uint32_t>(std::clamp(count, 0L, most));
    if (may_be_shared)
        if (auto const woken = wake_shared(word, positive))
            return *woken;
    return to_return(sys::futex_wake(word, positive));
}

}  // namespace

long futex(Arguments const& arguments)
{
    auto const [address, operation, value, value2, unused5, unused6] = arguments;
    auto const word = pointer<std::uint32_t const>(address);
    bool const may_be_shared =
        (operation & Operation::is_private) == 0 && &wait_for_shared != nullptr;
    switch (operation & ~Operation::modifiers) {
    case Operation::wait:
        return wait_on(word, static_cast<int>(value), pointer<timespec>(value2), may_be_shared);
    case Operation::wake:
        return wake_on(word, static_cast<int>(value), may_be_shared);
    case Operation::requeue:  // those who should move to another word wake up and go there
        return wake_on(word, long{static_cast<int>(value)} + static_cast<int>(value2),
                       may_be_shared);
    default:
        return -ENOSYS;
    }
}

}  // namespace libc
