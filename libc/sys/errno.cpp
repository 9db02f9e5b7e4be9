#include "libc/sys/errno.hpp"
#include <errno.h>

namespace libc {

int to_errno(Status status)
{
    switch (status) {
    case Status::ok:
        return 0;
    case Status::bad_handle:
        return EBADF;
    case Status::wrong_type:
        return EBADF;
    case Status::no_right:
        return EACCES;
    case Status::bad_argument:
        return EINVAL;
    case Status::bad_message:
        return EPROTO;
    case Status::no_memory:
        return ENOMEM;
    case Status::busy:
        return EBUSY;
    case Status::timed_out:
        return ETIMEDOUT;
    case Status::peer_died:
        return EIO;
    case Status::not_found:
        return ENOENT;
    case Status::out_of_range:
        return EINVAL;
    case Status::read_only:
        return EROFS;
    case Status::io_error:
        return EIO;
    case Status::not_supported:
        return ENOSYS;
    case Status::bad_address:
        return EFAULT;
    case Status::deadlock:
        return EDEADLK;
    case Status::interrupted:
        return EINTR;
    case Status::cancelled:
        return ECANCELED;
    case Status::revoked:
        return EIO;
    case Status::bad_method:
        return ENOSYS;
    case Status::no_handles:
        return EMFILE;
    case Status::lease_fault:
        return EFAULT;
    case Status::already_exists:
        return EEXIST;
    case Status::is_directory:
        return EISDIR;
    case Status::not_a_directory:
        return ENOTDIR;
    case Status::not_empty:
        return ENOTEMPTY;
    case Status::no_space:
        return ENOSPC;
    case Status::name_too_long:
        return ENAMETOOLONG;
    case Status::corrupt:
        return EIO;
    case Status::bad_executable:
        return ENOEXEC;
    case Status::not_granted:
        return EPERM;
    case Status::restarted:
        return EIO;
    case Status::too_large:
        return EFBIG;
    }
    return EIO;
}

}  // namespace libc
