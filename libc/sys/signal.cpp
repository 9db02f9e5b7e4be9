#include "libc/sys/signal.hpp"
#include "lib/sys/syscalls.hpp"
#include <errno.h>
#include <signal.h>

namespace libc {
namespace {

constexpr long exit_code_of_signals = 128;  // added to the number, as shells report it

bool is_ignored_by_default(long signal)
{
    return signal == 0 || signal == SIGCHLD || signal == SIGCONT || signal == SIGURG ||
           signal == SIGWINCH;
}

}  // namespace

long send_to_self(long signal)
{
    if (signal < 0 || signal >= _NSIG)
        return -EINVAL;
    if (is_ignored_by_default(signal))
        return 0;
    sys::exit(static_cast<std::uint64_t>(exit_code_of_signals + signal));
}

}  // namespace libc
