#include "servers/posix/process_timer.hpp"
#include "servers/posix/process.hpp"
#include <algorithm>

namespace posix {

// POSIX: one signal of a timer at most is on its way; what it does not tell is counted. An ignored
// one is not sent, and so not taken.
void ProcessTimer::expired(std::uint64_t times)
{
    if (message_.signal == 0)
        return;
    missed_ += is_sent_ ? times : times - 1;
    if (!is_sent_)
        is_sent_ = process_.receive(
            message_.signal,
            {.code = signal_code::by_timer, .process = number_, .value = message_.value},
            {.thread = message_.thread, .handle = message_.receiver.value()});
}

std::uint32_t ProcessTimer::take_overrun()
{
    constexpr std::uint64_t most = 0x7fff'ffff;  // DELAYTIMER_MAX
    is_sent_ = false;
    return overrun_ = static_cast<std::uint32_t>(std::min(std::exchange(missed_, 0), most));
}

}  // namespace posix
