#include "libc/posix/served_file.hpp"
#include "libc/posix/attributes.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/limits.hpp"
#include "libc/posix/signal_thread.hpp"
#include "libc/posix/terminal.hpp"
#include <algorithm>
#include <signal.h>
#include <unistd.h>

namespace posix {
namespace {

constexpr std::size_t largest_transfer = 1 << 30;  // what one call's count can say, and less

// A server that claims to have moved more than it was lent is broken.
Result<std::size_t> checked(std::size_t count, std::size_t limit)
{
    if (count > limit)
        return fail(Status::io_error);
    return count;
}

}  // namespace

Result<std::size_t> ServedFile::read_at(std::uint64_t offset, Bytes buffer)
{
    buffer = buffer.first(std::min(buffer.size(), largest_transfer));
    if (buffer.empty())
        return 0;
    auto const count = TRY(file_.read(offset, buffer));
    return checked(count, buffer.size());
}

// Moves all of it by calls of `move`, unless an error ends it: then what was moved before.
template <class Move>
static Result<std::size_t> write_all(ConstBytes data, Move const& move)
{
    std::size_t done = 0;
    while (done < data.size()) {
        auto const rest = data.subspan(done, std::min(data.size() - done, largest_transfer));
        auto const written = move(done, rest);
        if (!written && done > 0)
            return done;
        auto const reported = TRY(written);
        auto const count = TRY(checked(reported, rest.size()));
        if (count == 0)
            return done;
        done += count;
    }
    return done;
}

// As much of the data as may be written there. Errors: too_large
Result<ConstBytes> ServedFile::within_limit(std::uint64_t offset, ConstBytes data) const
{
    std::uint64_t const limit = file_size_limit();
    if (data.empty() || (offset < limit && data.size() <= limit - offset))
        return data;
    if (offset < limit)
        return data.first(limit - offset);
    raise_signal(SIGXFSZ);
    return fail(Status::too_large);
}

// The same at the file's position.
Result<ConstBytes> ServedFile::within_limit(ConstBytes data) const
{
    if (file_size_limit() == no_limit)
        return data;
    auto const attributes = TRY(file_.attributes());
    if (attributes.kind != Kind::file)
        return data;
    bool const appends = (flags() & O_APPEND) != 0;
    return within_limit(appends ? attributes.size : TRY(file_.seek(0, Origin::current)), data);
}

Result<std::size_t> ServedFile::write_at(std::uint64_t offset, ConstBytes data)
{
    data = TRY(within_limit(offset, data));
    return write_all(
        data, [&](std::size_t done, ConstBytes rest) { return file_.write(offset + done, rest); });
}

Result<std::size_t> ServedFile::read(Bytes buffer)
{
    buffer = buffer.first(std::min(buffer.size(), largest_transfer));
    if (buffer.empty())
        return 0;
    auto const count = TRY(file_.read_next(buffer, waiter_for(SIGTTIN)));
    return checked(count, buffer.size());
}

Result<std::size_t> ServedFile::write(ConstBytes data)
{
    data = TRY(within_limit(data));
    auto const waiter = waiter_for(SIGTTOU);
    auto const written = write_all(
        data, [&](std::size_t, ConstBytes rest) { return file_.write_next(rest, waiter); });
    if (!written && written.error() == Status::broken_pipe)
        raise_signal(SIGPIPE);
    return written;
}

Result<struct stat> ServedFile::attributes()
{
    auto const attributes = TRY(file_.attributes());
    return to_stat(attributes);
}

Result<std::uint64_t> ServedFile::seek(std::int64_t distance, int origin)
{
    if (origin < SEEK_SET || origin > SEEK_END)
        return fail(Status::bad_argument);
    return file_.seek(distance, static_cast<Origin>(origin));
}

Result<> ServedFile::truncate(std::uint64_t size)
{
    if (size > file_size_limit()) {
        raise_signal(SIGXFSZ);
        return fail(Status::too_large);
    }
    TRY(file_.truncate(size));
    return {};
}

Result<> ServedFile::sync()
{
    TRY(file_.sync());
    return {};
}

Result<> ServedFile::lock(FileLock kind, sys::HandleValue notification)
{
    Notification copy;
    if (notification != 0)
        copy = Notification{TRY(sys::duplicate(notification))};
    return file_.lock(kind, std::move(copy), 1);
}

Result<> ServedFile::set_status_flags(int flags)
{
    TRY(file_.set_flags((flags & O_APPEND) != 0, (flags & O_NONBLOCK) != 0));
    return OpenFile::set_status_flags(flags);
}

Result<> ServedFile::set_attributes(AttributeChange const& change)
{
    return file_.set_attributes(change);
}

Result<short> ServedFile::poll(short wanted, sys::HandleValue notification, std::uint64_t bits)
{
    Notification copy;
    if (notification != 0)
        copy = Notification{TRY(sys::duplicate(notification))};
    auto const ready = TRY(file_.poll(static_cast<std::uint16_t>(wanted), std::move(copy), bits));
    return static_cast<short>(ready);
}

long ServedFile::control(long request, long argument)
{
    return control_terminal(file_.value(), request, argument);
}

}  // namespace posix
