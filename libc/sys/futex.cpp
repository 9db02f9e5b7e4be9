#include "libc/sys/futex.hpp"
#include "lib/sys/syscalls.hpp"
#include "libc/sys/clock.hpp"
#include "libc/sys/errno.hpp"
#include "libc/sys/real_time.hpp"
#include "libc/sys/thread.hpp"
#include <algorithm>
#include <atomic>
#include <errno.h>

extern "C" int __os_thread_number();  // musl's: of the calling thread

namespace libc {
namespace {

// Linux's numbers; musl keeps them in a header of its own.
enum Operation : long {
    wait = 0,
    wake = 1,
    requeue = 3,
    lock = 6,
    unlock = 7,
    try_lock = 8,
    is_private = 128,
    modifiers = 128 | 256
};

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

// Absolute, on the calendar.
Result<sys::Ticks> deadline_at(timespec const* date)
{
    if (date == nullptr)
        return abi::never;
    return to_ticks(since_start(*date));
}

long wait_without_owner(std::uint32_t const* word, std::uint32_t seen, sys::Ticks deadline)
{
    auto const result = sys::futex_wait(word, seen, deadline);
    return !result && result.error() == Status::busy ? 0 : to_return(result);
}

// Waits while the word is that, and lends the owner the time meanwhile, if it is of this process.
long wait_for_owner(std::uint32_t const* word, std::uint32_t seen, sys::Ticks deadline,
                    bool may_be_shared)
{
    if (may_be_shared)
        if (auto const waited = wait_for_shared(word, seen, deadline))
            return *waited;
    auto const owner = static_cast<int>(seen & lock_owner);
    sys::HandleValue const thread = &handle_of_thread != nullptr ? handle_of_thread(owner) : 0;
    auto const result = sys::futex_wait(word, seen, deadline, thread);
    if (result || result.error() == Status::busy)
        return 0;
    bool const is_told =
        result.error() == Status::interrupted || result.error() == Status::timed_out;
    // That owner cannot be helped: it waits for this thread, or has ended.
    return is_told ? to_return(result) : wait_without_owner(word, seen, deadline);
}

// Linux's numbers for errors: EDEADLK, ETIMEDOUT, EINTR, EINVAL.
long lock_word(std::uint32_t* word, timespec const* date, bool may_be_shared)
{
    auto const deadline = deadline_at(date);
    if (!deadline)
        return -to_errno(deadline.error());
    auto const self = static_cast<std::uint32_t>(__os_thread_number());
    std::atomic_ref lock{*word};
    std::uint32_t others = 0;  // that may wait, too
    for (std::uint32_t seen = lock.load();;) {
        std::uint32_t const owner = seen & lock_owner;
        if (owner == self)
            return -EDEADLK;
        if (owner == lock_owner)
            return 0;  // given up for good: musl looks, and says so
        bool const has_died = owner != 0 && may_be_shared && &owner_has_died != nullptr &&
                              owner_has_died(word, static_cast<int>(owner));
        if (owner == 0 || has_died) {
            std::uint32_t const found = (seen & ~lock_owner) | (has_died ? lock_owner_died : 0);
            if (lock.compare_exchange_strong(seen, self | found | others))
                return 0;
            continue;
        }
        if (!lock.compare_exchange_strong(seen, seen | lock_is_waited_for))
            continue;
        others = lock_is_waited_for;
        long const waited = wait_for_owner(word, seen | others, *deadline, may_be_shared);
        if (waited != 0 && waited != -EAGAIN)
            return waited;
        seen = lock.load();
    }
}

long try_to_lock_word(std::uint32_t* word)
{
    auto const self = static_cast<std::uint32_t>(__os_thread_number());
    std::uint32_t free = 0;
    return std::atomic_ref{*word}.compare_exchange_strong(free, self) ? 0 : -EAGAIN;
}

long unlock_word(std::uint32_t* word, bool may_be_shared)
{
    std::atomic_ref lock{*word};
    if (static_cast<int>(lock.load() & lock_owner) != __os_thread_number())
        return -EPERM;
    lock = 0;
    long const woken = wake_on(word, 1, may_be_shared);
    return woken < 0 ? woken : 0;
}

}  // namespace

long futex(Arguments const& arguments)
{
    auto const [address, operation, value, value2, unused5, unused6] = arguments;
    auto const word = pointer<std::uint32_t>(address);
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
    case Operation::lock:
        return lock_word(word, pointer<timespec>(value2), may_be_shared);
    case Operation::try_lock:
        return try_to_lock_word(word);
    case Operation::unlock:
        return unlock_word(word, may_be_shared);
    default:
        return -ENOSYS;
    }
}

}  // namespace libc
