#include "libc/sys/futex.hpp"
#include "lib/sys/syscalls.hpp"
#include "libc/sys/clock.hpp"
#include "libc/sys/errno.hpp"
#include <errno.h>

namespace libc {
namespace {

// Linux's numbers; musl keeps them in a header of its own.
enum Operation : long { wait = 0, wake = 1, requeue = 3, modifiers = 128 | 256 };

long wait_on(std::uint32_t const* word, long expected, timespec const* timeout)
{
    auto const deadline = deadline_after(timeout);
    if (!deadline)
        return -to_errno(deadline.error());
    auto const result = sys::futex_wait(word, static_cast<std::uint32_t>(expected), *deadline);
    // The word had another value already.
    if (!result && result.error() == Status::busy)
        return -EAGAIN;
    return to_return(result);
}

long wake_on(std::uint32_t const* word, long count)
{
    return to_return(sys::futex_wake(word, count < 0 ? 0 : static_cast<std::uint64_t>(count)));
}

}  // namespace

long futex(Arguments const& arguments)
{
    auto const [address, operation, value, value2, unused5, unused6] = arguments;
    auto const word = pointer<std::uint32_t const>(address);
    switch (operation & ~Operation::modifiers) {
    case Operation::wait:
        return wait_on(word, static_cast<int>(value), pointer<timespec>(value2));
    case Operation::wake:
        return wake_on(word, static_cast<int>(value));
    case Operation::requeue:  // those who should move to another word wake up and go there
        return wake_on(word, long{static_cast<int>(value)} + static_cast<int>(value2));
    default:
        return -ENOSYS;
    }
}

}  // namespace libc
