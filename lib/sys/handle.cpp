#include "lib/sys/handle.hpp"
#include "lib/sys/syscalls.hpp"

namespace sys {

void close_handle(HandleValue handle) { (void)close(handle); }

}  // namespace sys
