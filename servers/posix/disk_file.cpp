#include "servers/posix/disk_file.hpp"
#include "servers/posix/serve.hpp"
#include "servers/posix/system_tree.hpp"
#include "servers/posix/watchers.hpp"
#include <algorithm>
#include <new>

namespace posix {

static constexpr std::uint64_t most_bytes = 1 << 20;  // in one call

Result<File> DiskFile::open(Service& service, bool is_superuser, Access access)
{
    if (!is_superuser)
        return fail(Status::access_denied);
    if (access == Access::write || access == Access::read_write)
        return fail(Status::read_only);
    if (!service.volumes.disk_size())
        return fail(Status::not_found);
    return serve<File>(service, std::unique_ptr<DiskFile>{new (std::nothrow) DiskFile{service}});
}

// The file server's answer is not trusted to fit.
Result<std::uint32_t> DiskFile::read(std::uint64_t offset, sys::LeaseOut buffer)
{
    std::uint64_t const wanted = std::min(buffer.size(), most_bytes);
    std::uint64_t done = 0;
    while (done < wanted) {
        auto const piece = std::span{piece_}.first(std::min(piece_.size(), wanted - done));
        auto const count = TRY(service().volumes.read_disk(offset + done, piece));
        if (count == 0)
            break;
        done += TRY(buffer.write(done, piece.first(std::min<std::size_t>(count, piece.size()))));
    }
    return static_cast<std::uint32_t>(done);
}

Result<std::uint32_t> DiskFile::read_next(sys::LeaseOut buffer, std::int32_t)
{
    auto const count = TRY(read(position_.value(), buffer));
    position_.advance(count);
    return count;
}

Result<std::uint64_t> DiskFile::seek(std::int64_t distance, Origin origin)
{
    return position_.seek(distance, origin, TRY(service().volumes.disk_size()));
}

Result<Attributes> DiskFile::attributes() { return SystemTree::disk_attributes(service()); }

Result<std::uint32_t> DiskFile::write_next(sys::LeaseIn, std::int32_t)
{
    return fail(Status::wrong_access);
}

Result<std::uint16_t> DiskFile::poll(std::uint16_t wanted, Notification, std::uint64_t)
{
    return static_cast<std::uint16_t>(wanted & poll_in);
}

}  // namespace posix
