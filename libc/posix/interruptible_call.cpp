// Around every system call: signals that arrive during it are delivered when it is over.
#include "libc/posix/signal_thread.hpp"
#include "libc/sys/arguments.hpp"
#include <errno.h>

namespace libc {

long interruptible_call(SystemCall call, long number, Arguments const& arguments)
{
    posix::SignalThread* const thread = posix::signal_thread();
    if (thread == nullptr)
        return call(number, arguments);
    for (;;) {
        thread->in_call = true;
        long const result = call(number, arguments);
        thread->in_call = false;
        bool const has_signals = thread->deliverable() != 0;
        if (!has_signals && result != -EINTR) [[likely]]
            return result;
        bool const again = !has_signals || posix::deliver_signals();
        if (result != -EINTR || !again)
            return result;
    }
}

}  // namespace libc
