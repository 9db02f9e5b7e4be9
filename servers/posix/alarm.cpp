#include "servers/posix/alarm.hpp"
#include "servers/posix/process.hpp"

namespace posix {

// Those that were missed are not made up for.
void Alarm::expired(std::uint64_t) { process_.receive(signal_); }

}  // namespace posix
