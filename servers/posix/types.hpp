// What the parts of the server call things. Numbers are Linux's, as in musl's headers.
#pragma once
#include <cstdint>

namespace posix {

using ProcessNumber = std::int32_t;

// The process that a call waits for; negative in calls of one that blocks the signals which would
// stop it for using a terminal when it is not its turn.
constexpr ProcessNumber process_of(std::int32_t waiter) { return waiter < 0 ? -waiter : waiter; }

// The server itself: the parent of orphans, and of the first program of a session.
inline constexpr ProcessNumber server_number = 1;

using Signal = std::uint32_t;
using SignalSet = std::uint64_t;  // bit n: signal n + 1

inline constexpr Signal last_signal = 64;
constexpr SignalSet set_of(Signal signal) { return SignalSet{1} << (signal - 1); }

inline constexpr Signal hang_up = 1;
inline constexpr Signal interrupt_signal = 2;
inline constexpr Signal quit_signal = 3;
inline constexpr Signal illegal_instruction = 4;
inline constexpr Signal trap = 5;
inline constexpr Signal bus_error = 7;
inline constexpr Signal kill = 9;
inline constexpr Signal segment_violation = 11;
inline constexpr Signal alarm = 14;
inline constexpr Signal child_ended = 17;
inline constexpr Signal go_on = 18;
inline constexpr Signal stop = 19;
inline constexpr Signal terminal_stop = 20;
inline constexpr Signal terminal_input = 21;
inline constexpr Signal terminal_output = 22;
inline constexpr Signal urgent = 23;
inline constexpr Signal cpu_limit_reached = 24;
inline constexpr Signal own_time_alarm = 26;
inline constexpr Signal profiling_alarm = 27;
inline constexpr Signal window_changed = 28;

inline constexpr SignalSet stopping_by_default =
    set_of(stop) | set_of(terminal_stop) | set_of(terminal_input) | set_of(terminal_output);
inline constexpr SignalSet ignored_by_default =
    set_of(child_ended) | set_of(go_on) | set_of(urgent) | set_of(window_changed);

// As wait() reports the end of a process.
using WaitStatus = std::uint32_t;
constexpr WaitStatus exited(std::uint64_t code)
{
    return static_cast<WaitStatus>(code & 0xff) << 8;
}
constexpr WaitStatus signalled(Signal signal) { return signal & 0x7f; }
constexpr WaitStatus stopped(Signal signal) { return (signal & 0xff) << 8 | 0x7f; }
inline constexpr WaitStatus continued = 0xffff;

// Options of wait().
inline constexpr std::uint32_t do_not_wait = 1;
inline constexpr std::uint32_t report_stopped = 2;
inline constexpr std::uint32_t report_continued = 8;
inline constexpr std::uint32_t all_wait_options = do_not_wait | report_stopped | report_continued;

}  // namespace posix
