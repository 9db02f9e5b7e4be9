#include "libc/posix/open_file.hpp"
#include <errno.h>
#include <poll.h>

namespace posix {

Result<std::size_t> OpenFile::read_at(std::uint64_t, Bytes) { return fail(Status::bad_argument); }

Result<std::size_t> OpenFile::write_at(std::uint64_t, ConstBytes)
{
    return fail(Status::bad_argument);
}

Result<std::uint64_t> OpenFile::seek(std::int64_t, int) { return fail(Status::bad_argument); }
Result<> OpenFile::truncate(std::uint64_t) { return fail(Status::bad_argument); }
Result<> OpenFile::sync() { return fail(Status::bad_argument); }
Result<Memory> OpenFile::map(bool) { return fail(Status::not_supported); }
Result<> OpenFile::lock(FileLock, sys::HandleValue) { return fail(Status::bad_argument); }
Result<std::size_t> OpenFile::list(Bytes) { return fail(Status::not_a_directory); }
Result<> OpenFile::set_attributes(AttributeChange const&) { return fail(Status::not_permitted); }

Result<short> OpenFile::poll(short wanted, sys::HandleValue, std::uint64_t)
{
    return static_cast<short>(wanted & (POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM));
}

long OpenFile::control(long, long) { return -ENOTTY; }

Result<> OpenFile::set_status_flags(int flags)
{
    constexpr int changeable = O_APPEND | O_NONBLOCK;
    flags_ = (flags_ & ~changeable) | (flags & changeable);
    return {};
}

}  // namespace posix
