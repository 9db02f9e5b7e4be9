// Sets of signals: bit n is signal n + 1, as in the first word of a sigset_t.
#pragma once
#include <bit>
#include <cstdint>
#include <signal.h>

namespace posix {

using SignalSet = std::uint64_t;

constexpr bool is_signal(long signal) { return signal >= 1 && signal < _NSIG; }
constexpr SignalSet set_of(int signal) { return SignalSet{1} << (signal - 1); }
constexpr int first_of(SignalSet set) { return std::countr_zero(set) + 1; }

// musl's own: ends a thread that is cancelled.
inline constexpr int cancel_signal = 33;

inline constexpr SignalSet never_blocked = set_of(SIGKILL) | set_of(SIGSTOP);
// SIGKILL comes to no library. Sent to a thread, its bit says that others have left something for
// it; pending, that the process is being stopped (process_stop.hpp).
inline constexpr SignalSet doorbell = set_of(SIGKILL);
inline constexpr SignalSet halt = set_of(SIGKILL);

inline constexpr SignalSet stopping_by_default =
    set_of(SIGSTOP) | set_of(SIGTSTP) | set_of(SIGTTIN) | set_of(SIGTTOU);
inline constexpr SignalSet ignored_by_default =
    set_of(SIGCHLD) | set_of(SIGCONT) | set_of(SIGURG) | set_of(SIGWINCH);

}  // namespace posix
