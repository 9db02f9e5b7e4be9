// Link: how an end sleeps, and wakes the other. For processes that is Notifications.
#pragma once
#include "abi/syscall.hpp"
#include "lib/base/result.hpp"
#include <concepts>

namespace ring {

using abi::Ticks;

// A wake-up that comes before the wait is not lost; many of them are as good as one.
template <class T>
concept Link = std::movable<T> && requires(T link, Ticks deadline) {
    { link.wake_peer() } -> std::same_as<Result<>>;
    { link.wait(deadline) } -> std::same_as<Result<>>;
};

}  // namespace ring
