// futex: what musl's locks, condition variables and semaphores wait on.
#pragma once
#include "lib/sys/clock.hpp"
#include "libc/sys/arguments.hpp"
#include <optional>

namespace libc {

long futex(Arguments const& arguments);

// As the owner of a lock stands in its word, for the operations of a lock with priority
// inheritance (futex(2), "Priority-inheritance futexes"); and of musl's robust mutexes.
inline constexpr std::uint32_t lock_is_waited_for = 1u << 31;
inline constexpr std::uint32_t lock_owner_died = 1u << 30;
inline constexpr std::uint32_t lock_owner = lock_owner_died - 1;

// What libc/posix does for words in memory that processes share; nothing for others.
[[gnu::weak]] std::optional<long> wait_for_shared(std::uint32_t const* word, std::uint32_t expected,
                                                  sys::Ticks deadline);
// Whether the process of the thread has ended. If not, the calling thread's next wait for the word
// ends when it does.
[[gnu::weak]] bool owner_has_died(std::uint32_t const* word, int owner);
[[gnu::weak]] std::optional<long> wake_shared(std::uint32_t const* word, std::uint32_t count);

}  // namespace libc
