// The table of system calls on files, processes and signals: Linux's number, our function.
#include "libc/posix/calls.hpp"
#include "libc/posix/limits.hpp"
#include "libc/posix/machine.hpp"
#include "libc/posix/process_timers.hpp"
#include "libc/posix/queued_signals.hpp"
#include <sys/syscall.h>

namespace posix {

constexpr long change_mode_at_with_flags = 452;  // SYS_fchmodat2, which older musls do not have

}  // namespace posix

long libc::file_call(long number, Arguments const& arguments)
{
    switch (number) {
    case SYS_openat:
        return posix::open_at(arguments);
    case SYS_close:
        return posix::close(arguments);
    case SYS_pipe2:
        return posix::create_pipe(arguments);
    case SYS_dup:
        return posix::duplicate(arguments);
    case SYS_dup3:
        return posix::duplicate_to(arguments);
    case SYS_fcntl:
        return posix::control(arguments);
    case SYS_ioctl:
        return posix::device_control(arguments);

    case SYS_read:
        return posix::read(arguments);
    case SYS_write:
        return posix::write(arguments);
    case SYS_readv:
        return posix::read_pieces(arguments);
    case SYS_writev:
        return posix::write_pieces(arguments);
    case SYS_pread64:
        return posix::read_at(arguments);
    case SYS_pwrite64:
        return posix::write_at(arguments);
    case SYS_lseek:
        return posix::seek(arguments);

    case SYS_mkdirat:
        return posix::make_directory_at(arguments);
    case SYS_mknodat:
        return posix::make_node_at(arguments);
    case SYS_unlinkat:
        return posix::unlink_at(arguments);
    case SYS_renameat2:
        return posix::rename_at(arguments);
    case SYS_linkat:
        return posix::link_at(arguments);
    case SYS_symlinkat:
        return posix::make_link_at(arguments);
    case SYS_readlinkat:
        return posix::read_link_at(arguments);
    case SYS_chdir:
        return posix::change_directory(arguments);
    case SYS_fchdir:
        return posix::change_directory_to_open(arguments);
    case SYS_getcwd:
        return posix::current_directory(arguments);
    case SYS_getdents64:
        return posix::list_directory(arguments);

    case SYS_newfstatat:
        return posix::attributes_at(arguments);
    case SYS_fstat:
        return posix::attributes_of_open(arguments);
    case SYS_faccessat:
        return posix::check_access_at(arguments, 0);
    case SYS_faccessat2:
        return posix::check_access_at(arguments, arguments[3]);
    case SYS_fchmodat:
        return posix::change_mode_at(arguments, 0);
    case posix::change_mode_at_with_flags:
        return posix::change_mode_at(arguments, arguments[3]);
    case SYS_fchmod:
        return posix::change_mode_of_open(arguments);
    case SYS_fchownat:
        return posix::change_owner_at(arguments);
    case SYS_fchown:
        return posix::change_owner_of_open(arguments);
    case SYS_utimensat:
        return posix::change_times_at(arguments);
    case SYS_truncate:
        return posix::truncate(arguments);
    case SYS_ftruncate:
        return posix::truncate_open(arguments);
    case SYS_fsync:
    case SYS_fdatasync:
        return posix::sync_open(arguments);
    case SYS_sync:
        return posix::sync_all();
    case SYS_msync:
        return posix::synchronise_mapping(arguments);
    case SYS_statfs:
        return posix::volume_status(arguments);
    case SYS_fstatfs:
        return posix::volume_status_of_open(arguments);

    case SYS_flock:
        return posix::lock_file(arguments);
    case SYS_epoll_create1:
        return posix::create_epoll(arguments);
    case SYS_epoll_ctl:
        return posix::control_epoll(arguments);
    case SYS_epoll_pwait:
        return posix::wait_for_epoll(arguments);
    case SYS_eventfd2:
        return posix::create_event_counter(arguments);
    case SYS_ppoll:
        return posix::poll_files(arguments);
    case SYS_pselect6:
        return posix::select_files(arguments);
    case SYS_setitimer:
        return posix::set_interval_timer(arguments);
    case SYS_getitimer:
        return posix::get_interval_timer(arguments);
    case SYS_timer_create:
        return posix::create_timer(arguments);
    case SYS_timer_settime:
        return posix::set_timer(arguments);
    case SYS_timer_gettime:
        return posix::get_timer(arguments);
    case SYS_timer_getoverrun:
        return posix::get_timer_overrun(arguments);
    case SYS_timer_delete:
        return posix::delete_timer(arguments);
    case SYS_timerfd_create:
        return posix::create_timer_file(arguments);
    case SYS_timerfd_settime:
        return posix::set_timer_file(arguments);
    case SYS_timerfd_gettime:
        return posix::get_timer_file(arguments);

    case SYS_clone:
        return posix::clone(arguments);
    case SYS_execve:
        return posix::execute(arguments);
    case SYS_wait4:
        return posix::wait_for_child(arguments);
    case SYS_getpid:
        return posix::process_number();
    case SYS_gettid:
        return posix::thread_number();
    case SYS_getppid:
        return posix::parent_number();
    case SYS_getpgid:
        return posix::group_of(arguments[0]);
    case SYS_setpgid:
        return posix::set_group_of(arguments);
    case SYS_getsid:
        return posix::session_of(arguments[0]);
    case SYS_setsid:
        return posix::start_session();

    case SYS_getuid:
        return posix::user_number();
    case SYS_geteuid:
        return posix::effective_user_number();
    case SYS_getgid:
        return posix::group_number();
    case SYS_getegid:
        return posix::effective_group_number();
    case SYS_getresuid:
        return posix::get_users(arguments);
    case SYS_getresgid:
        return posix::get_groups(arguments);
    case SYS_setuid:
        return posix::set_user(arguments);
    case SYS_setreuid:
        return posix::set_real_and_effective_user(arguments);
    case SYS_setresuid:
        return posix::set_all_users(arguments);
    case SYS_setgid:
        return posix::set_group(arguments);
    case SYS_setregid:
        return posix::set_real_and_effective_group(arguments);
    case SYS_setresgid:
        return posix::set_all_groups(arguments);
    case SYS_getgroups:
        return posix::get_supplementary_groups(arguments);
    case SYS_setgroups:
        return posix::set_supplementary_groups(arguments);

    case SYS_kill:
        return posix::send_signal(arguments);
    case SYS_tkill:
        return posix::send_signal_to_thread(arguments[0], arguments[1]);
    case SYS_tgkill:
        return posix::send_signal_to_thread_of(arguments);
    case SYS_rt_sigaction:
        return posix::set_signal_action(arguments);
    case SYS_rt_sigprocmask:
        return posix::change_blocked_signals(arguments);
    case SYS_rt_sigpending:
        return posix::pending_signals(arguments);
    case SYS_rt_sigqueueinfo:
        return posix::queue_signal(arguments);
    case SYS_rt_sigtimedwait:
        return posix::wait_for_signal(arguments);
    case SYS_rt_sigsuspend:
        return posix::suspend_for_signal(arguments);
    case SYS_sigaltstack:
        return posix::set_alternate_stack(arguments);

    case SYS_sysinfo:
        return posix::machine_information(arguments);
    case SYS_sched_getaffinity:
        return posix::get_harts(arguments);
    case SYS_prlimit64:
        return posix::process_limits(arguments);
    case SYS_getrusage:
        return posix::resource_usage(arguments);
    case SYS_times:
        return posix::process_times(arguments);
    case SYS_getpriority:
        return posix::get_priority(arguments);
    case SYS_setpriority:
        return posix::set_priority(arguments);
    case SYS_uname:
        return posix::system_name(arguments);
    case SYS_umask:
        return posix::set_mode_mask(arguments);
    default:
        return -ENOSYS;
    }
}
