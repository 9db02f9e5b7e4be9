// What a client does when its server has died: init may have started it again.
#pragma once
#include "abi/status.hpp"
#include "lib/sys/handle.hpp"

namespace sys {

// What the failure of a call through `endpoint`, whose value was `used`, comes to. If its server
// has died, and it is a service that the system manifest grants this program, then this waits until
// the service is there again, makes `endpoint` name it, and the result is `restarted`: the next
// call reaches the new server, which knows nothing of the old one's clients. All other failures
// stay what they are.
[[gnu::cold]] abi::Status after_reconnecting(Handle const& endpoint, HandleValue used,
                                             abi::Status failure);

}  // namespace sys
