// futex: what musl's locks, condition variables and semaphores wait on.
#pragma once
#include "lib/sys/clock.hpp"
#include "libc/sys/arguments.hpp"
#include <optional>

namespace libc {

long futex(Arguments const& arguments);

// What libc/posix does for words in memory that processes share; nothing for others.
[[gnu::weak]] std::optional<long> wait_for_shared(std::uint32_t const* word, std::uint32_t expected,
                                                  sys::Ticks deadline);
[[gnu::weak]] std::optional<long> wake_shared(std::uint32_t const* word, std::uint32_t count);

}  // namespace libc
