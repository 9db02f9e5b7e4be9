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
inline constexpr std::int32_t by_kernel = 128;
inline constexpr std::int32_t child_exited = 1;
inline constexpr std::int32_t child_killed = 2;
inline constexpr std::int32_t child_stopped = 5;
inline constexpr std::int32_t child_continued = 6;
}  // namespace signal_code

class SignalQueue {
public:
    // Of a signal that is no real-time one, the latest counts. False: there is no room.
    bool add(Signal signal, SignalDetails const& details);
    // Errors: not_found
    Result<SignalDetails> take(Signal signal);
    bool has_room() const { return rows_.size() < most; }

private:
    static constexpr std::size_t most = 128;

    struct Row {
        Signal signal;
        SignalDetails details;
    };

    std::vector<Row> rows_;
};

}  // namespace posix
