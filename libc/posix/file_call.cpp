// The table of system calls on files: Linux's number, our function.
#include "libc/posix/calls.hpp"
#include <sys/syscall.h>

long libc::file_call(long number, Arguments const& arguments)
{
    switch (number) {
    case SYS_openat:
        return posix::open_at(arguments);
    case SYS_close:
        return posix::close(arguments);
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
    case SYS_unlinkat:
        return posix::unlink_at(arguments);
    case SYS_renameat2:
        return posix::rename_at(arguments);
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
        return posix::check_access_at(arguments);
    case SYS_truncate:
        return posix::truncate(arguments);
    case SYS_ftruncate:
        return posix::truncate_open(arguments);
    case SYS_fsync:
    case SYS_fdatasync:
        return posix::sync_open(arguments);
    case SYS_sync:
        return posix::sync_all();
    case SYS_statfs:
    case SYS_fstatfs:
        return posix::volume_status(arguments);

    case SYS_uname:
        return posix::system_name(arguments);
    case SYS_umask:
        return posix::set_mode_mask(arguments);
    default:
        return -ENOSYS;
    }
}
