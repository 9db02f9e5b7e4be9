// What came with the signals that were sent to a process, until it asks.
#pragma once
#include "generated/interfaces/posix.hpp"
#include "servers/posix/types.hpp"
#include <vector>

namespace posix {

inline constexpr Signal first_real_time_signal = 32;

// si_code, in Linux's numbers.
namespace signal_code {
inline constexpr std::int32_t by_user = 0;
inline constexpr std::int32_t queued = -1;
inline constexpr std::int32_t by_timer = -2;
inline constexpr std::int32_t by_kernel = 128;
inline constexpr std::int32_t child_exited = 1;
inline constexpr std::int32_t child_killed = 2;
inline constexpr std::int32_t child_stopped = 5;
inline constexpr std::int32_t child_continued = 6;
}  // namespace signal_code

class SignalQueue {
public:
    // Of a signal that is no real-time one, the latest counts, but for timers'. `thread`: whose it
    // is; 0: anybody's. False: there is no room.
    bool add(Signal signal, SignalDetails const& details, std::int32_t thread = 0);
    // What the thread may take. Errors: not_found
    Result<SignalDetails> take(Signal signal, std::int32_t thread);
    void forget_timer(std::int32_t number);
    bool has_room() const { return rows_.size() < most; }

private:
    static constexpr std::size_t most = 128;

    struct Row {
        Signal signal;
        SignalDetails details;
        std::int32_t thread;
    };

    std::vector<Row> rows_;
};

}  // namespace posix
