#include "libc/posix/regular_file.hpp"
#include "libc/posix/attributes.hpp"
#include <algorithm>
#include <limits>
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

Result<std::size_t> RegularFile::read_at(std::uint64_t offset, Bytes buffer)
{
    buffer = buffer.first(std::min(buffer.size(), largest_transfer));
    if (buffer.empty())
        return 0;
    auto const count = TRY(file_.read(offset, buffer));
    return checked(count, buffer.size());
}

// All of it, unless an error ends it: then what was written before.
Result<std::size_t> RegularFile::write_at(std::uint64_t offset, ConstBytes data)
{
    std::size_t done = 0;
    while (done < data.size()) {
        auto const rest = data.subspan(done, std::min(data.size() - done, largest_transfer));
        auto const written = file_.write(offset + done, rest);
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

Result<std::size_t> RegularFile::read(Bytes buffer)
{
    Lock::Guard guard{position_lock_};
    auto const count = TRY(read_at(position_, buffer));
    position_ += count;
    return count;
}

Result<std::size_t> RegularFile::write(ConstBytes data)
{
    Lock::Guard guard{position_lock_};
    if ((flags() & O_APPEND) != 0)
        position_ = TRY(size());
    auto const count = TRY(write_at(position_, data));
    position_ += count;
    return count;
}

Result<std::uint64_t> RegularFile::size()
{
    auto const attributes = TRY(file_.attributes());
    return attributes.size;
}

Result<struct stat> RegularFile::attributes()
{
    auto const attributes = TRY(file_.attributes());
    return to_stat(attributes);
}

Result<std::uint64_t> RegularFile::origin_offset(int origin)
{
    switch (origin) {
    case SEEK_SET:
        return 0;
    case SEEK_CUR:
        return position_;
    case SEEK_END:
        return size();
    default:
        return fail(Status::bad_argument);
    }
}

Result<std::uint64_t> RegularFile::seek(std::int64_t distance, int origin)
{
    Lock::Guard guard{position_lock_};
    auto const start = TRY(origin_offset(origin));
    std::uint64_t target = 0;
    if (__builtin_add_overflow(start, distance, &target) ||
        target > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return fail(Status::bad_argument);
    position_ = target;
    return target;
}

Result<> RegularFile::truncate(std::uint64_t size)
{
    TRY(file_.truncate(size));
    return {};
}

Result<> RegularFile::sync()
{
    TRY(file_.sync());
    return {};
}

}  // namespace posix
