#include "libc/posix/lock.hpp"
#include "lib/sys/syscalls.hpp"

namespace posix {

// Whoever has waited takes it as one that others wait for: he does not know who else does. What
// interrupts him is meant for the wait that his system call is about.
[[gnu::cold]] void Lock::wait()
{
    auto const* const word = reinterpret_cast<std::uint32_t const*>(&state_);
    bool is_interrupted = false;
    while (state_.exchange(waited_for, std::memory_order_acquire) != free) {
        auto const waited = sys::futex_wait(word, waited_for);
        is_interrupted = is_interrupted || (!waited && waited.error() == Status::interrupted);
    }
    if (is_interrupted)
        (void)sys::interrupt(sys::own_thread);
}

[[gnu::cold]] void Lock::wake()
{
    (void)sys::futex_wake(reinterpret_cast<std::uint32_t const*>(&state_), 1);
}

}  // namespace posix
