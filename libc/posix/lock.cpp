#include "libc/posix/lock.hpp"
#include "lib/sys/syscalls.hpp"

namespace posix {

// Whoever has waited takes it as one that others wait for: he does not know who else does.
[[gnu::cold]] void Lock::wait()
{
    auto const* const word = reinterpret_cast<std::uint32_t const*>(&state_);
    while (state_.exchange(waited_for, std::memory_order_acquire) != free)
        (void)sys::futex_wait(word, waited_for);
}

[[gnu::cold]] void Lock::wake()
{
    (void)sys::futex_wake(reinterpret_cast<std::uint32_t const*>(&state_), 1);
}

}  // namespace posix
