#include "libc/sys/errno.hpp"
#include <algorithm>
#include <errno.h>
#include <span>

namespace libc {
namespace {

struct Row {
    Status status{};
    int error{};
};

constexpr Row table[] = {
    {Status::bad_handle, EBADF},
    {Status::wrong_type, EBADF},
    {Status::no_right, EACCES},
    {Status::bad_argument, EINVAL},
    {Status::bad_message, EPROTO},
    {Status::no_memory, ENOMEM},
    {Status::busy, EBUSY},
    {Status::timed_out, ETIMEDOUT},
    {Status::peer_died, EIO},
    {Status::not_found, ENOENT},
    {Status::out_of_range, EINVAL},
    {Status::read_only, EROFS},
    {Status::io_error, EIO},
    {Status::not_supported, ENOSYS},
    {Status::bad_address, EFAULT},
    {Status::deadlock, EDEADLK},
    {Status::interrupted, EINTR},
    {Status::cancelled, ECANCELED},
    {Status::revoked, EIO},
    {Status::bad_method, ENOSYS},
    {Status::no_handles, EMFILE},
    {Status::lease_fault, EFAULT},
    {Status::already_exists, EEXIST},
    {Status::is_directory, EISDIR},
    {Status::not_a_directory, ENOTDIR},
    {Status::not_empty, ENOTEMPTY},
    {Status::no_space, ENOSPC},
    {Status::name_too_long, ENAMETOOLONG},
    {Status::corrupt, EIO},
    {Status::bad_executable, ENOEXEC},
    {Status::not_granted, EPERM},
    {Status::restarted, EIO},
    {Status::too_large, EFBIG},
    {Status::bad_reply, EIO},
    {Status::no_budget, EAGAIN},
    {Status::not_permitted, EPERM},
    {Status::no_process, ESRCH},
    {Status::no_child, ECHILD},
    {Status::would_block, EAGAIN},
    {Status::broken_pipe, EPIPE},
    {Status::not_seekable, ESPIPE},
    {Status::no_terminal, ENXIO},
    {Status::access_denied, EACCES},
    {Status::wrong_access, EBADF},
    {Status::link_loop, ELOOP},
    {Status::too_many_links, EMLINK},
    {Status::cross_device, EXDEV},
};

constexpr std::size_t status_count = 0
#define STATUS(name, number, text) +1
#include "abi/status.def"
#undef STATUS
    ;
static_assert(std::size(table) == status_count - 1, "each status but ok has a row");

}  // namespace

int to_errno(Status status)
{
    auto const row = std::ranges::find(table, status, &Row::status);
    return row == std::end(table) ? EIO : row->error;
}

}  // namespace libc
