#include "servers/posix/text_file.hpp"
#include "servers/posix/serve.hpp"
#include "servers/posix/watchers.hpp"
#include <algorithm>
#include <new>

namespace posix {

Result<File> TextFile::open(Service& service, TextSource const& source)
{
    return serve<File>(service,
                       std::unique_ptr<TextFile>{new (std::nothrow) TextFile{service, source}});
}

// A reader that goes on gets the rest of the same text. Of a process that is gone there is none.
Result<std::uint32_t> TextFile::read(std::uint64_t offset, sys::LeaseOut buffer)
{
    if (offset == 0) {
        text_.clear();
        source_.write(service(), source_.process, text_);
    }
    if (offset >= text_.size())
        return 0;
    auto const rest = std::span{text_}.subspan(offset);
    auto const count = std::min<std::uint64_t>(rest.size(), buffer.size());
    TRY(buffer.write(0, std::as_bytes(rest.first(count))));
    return static_cast<std::uint32_t>(count);
}

Result<std::uint32_t> TextFile::read_next(sys::LeaseOut buffer, std::int32_t)
{
    auto const count = TRY(read(position_.value(), buffer));
    position_.advance(count);
    return count;
}

Result<std::uint64_t> TextFile::seek(std::int64_t distance, Origin origin)
{
    return position_.seek(distance, origin, text_.size());
}

Result<std::uint32_t> TextFile::write_next(sys::LeaseIn, std::int32_t)
{
    return fail(Status::wrong_access);
}

Result<std::uint16_t> TextFile::poll(std::uint16_t wanted, Notification, std::uint64_t)
{
    return static_cast<std::uint16_t>(wanted & poll_in);
}

}  // namespace posix
