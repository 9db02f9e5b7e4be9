// Where every system call of musl arrives, by Linux's numbers and with Linux's return values.
#include "lib/sys/syscalls.hpp"
#include "libc/sys/clock.hpp"
#include "libc/sys/futex.hpp"
#include "libc/sys/memory.hpp"
#include "libc/sys/output.hpp"
#include "libc/sys/random.hpp"
#include "libc/sys/signal.hpp"
#include "libc/sys/thread.hpp"
#include <errno.h>
#include <sys/syscall.h>

namespace libc {
namespace {

constexpr long own_process_id = 1;  // each program is alone in its world
constexpr long own_user_id = 0;

long yield()
{
    sys::yield();
    return 0;
}

[[noreturn]] long end_process(long code) { sys::exit(static_cast<std::uint64_t>(code & 0xff)); }

// Without libc/posix there are no files, other processes or signals.
long call_on_files(long number, Arguments const& arguments)
{
    if (&file_call != nullptr)
        return file_call(number, arguments);
    switch (number) {
    case SYS_tkill:
        return send_to_self(arguments[1]);
    case SYS_kill:
        return arguments[0] == own_process_id ? send_to_self(arguments[1]) : -ESRCH;
    case SYS_rt_sigprocmask:
        return 0;
    case SYS_getpid:
        return own_process_id;
    case SYS_getuid:
    case SYS_geteuid:
    case SYS_getgid:
    case SYS_getegid:
        return own_user_id;
    case SYS_write:
        return write_log(arguments);
    case SYS_writev:
        return write_log_pieces(arguments);
    default:
        return -ENOSYS;
    }
}

long call_on_mappings(long number, Arguments const& arguments)
{
    if (&mapping_call != nullptr)
        return mapping_call(number, arguments);
    return number == SYS_mmap ? map_memory(arguments) : unmap_memory(arguments);
}

long system_call(long number, Arguments const& arguments)
{
    switch (number) {
    case SYS_mmap:
    case SYS_munmap:
        return call_on_mappings(number, arguments);
    case SYS_mprotect:
        return protect_memory(arguments);
    case SYS_clock_gettime:
        return read_clock(arguments);
    case SYS_clock_getres:
        return read_clock_resolution(arguments);
    case SYS_nanosleep:
        return sleep_for(arguments);
    case SYS_clock_nanosleep:
        return sleep_on_clock(arguments);
    case SYS_getrandom:
        return get_random(arguments);
    case SYS_futex:
        return futex(arguments);
    case SYS_sched_yield:
        return yield();
    case SYS_get_robust_list:
    case SYS_set_robust_list:
        return 0;  // musl goes through the list itself when a thread ends
    case SYS_set_tid_address:
        return set_address_to_clear(arguments);
    case SYS_exit:
        end_thread();
    case SYS_exit_group:
        end_process(arguments[0]);
    default:
        return call_on_files(number, arguments);
    }
}

}  // namespace
}  // namespace libc

extern "C" long __os_syscall(long number, long a, long b, long c, long d, long e, long f)
{
    libc::Arguments const arguments{a, b, c, d, e, f};
    if (&libc::interruptible_call != nullptr)
        return libc::interruptible_call(libc::system_call, number, arguments);
    return libc::system_call(number, arguments);
}
