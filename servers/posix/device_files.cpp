#include "servers/posix/device_files.hpp"
#include "servers/posix/serve.hpp"
#include "servers/posix/watchers.hpp"
#include <algorithm>
#include <new>

namespace posix {

static constexpr std::uint64_t most_bytes = 1 << 20;  // in one call

Result<File> DeviceFile::open(Service& service, std::string_view name, Access access)
{
    Content content = Content::zeros;
    if (name == "null")
        content = Content::nothing;
    else if (name == "random" || name == "urandom")
        content = Content::random;
    else if (name != "zero" && name != "full")
        return fail(Status::not_found);
    if (content == Content::random && !service.random.is_seeded())
        return fail(Status::not_found);
    return serve<File>(service, std::unique_ptr<DeviceFile>{new (std::nothrow) DeviceFile{
                                    service, access, content, name == "full"}});
}

Result<std::uint32_t> DeviceFile::read_next(sys::LeaseOut buffer, std::int32_t)
{
    static constexpr std::array<std::byte, 4096> zeros{};
    if (!can_read())
        return fail(Status::wrong_access);
    if (content_ == Content::random)
        return read_random(buffer);
    std::uint64_t done = 0;
    while (content_ == Content::zeros && done < std::min(buffer.size(), most_bytes))
        done += TRY(buffer.write(done, zeros));
    return static_cast<std::uint32_t>(done);
}

Result<std::uint32_t> DeviceFile::read_random(sys::LeaseOut const& buffer)
{
    std::array<std::byte, 256> bytes;
    std::uint64_t const size = std::min(buffer.size(), most_bytes);
    std::uint64_t done = 0;
    while (done < size) {
        auto const piece = std::span{bytes}.first(std::min(bytes.size(), size - done));
        service().random.fill(piece);
        done += TRY(buffer.write(done, piece));
    }
    return static_cast<std::uint32_t>(done);
}

Result<std::uint32_t> DeviceFile::write_next(sys::LeaseIn data, std::int32_t)
{
    if (!can_write())
        return fail(Status::wrong_access);
    if (is_full_)
        return fail(Status::no_space);
    return static_cast<std::uint32_t>(std::min(data.size(), most_bytes));
}

Result<std::uint16_t> DeviceFile::poll(std::uint16_t wanted, Notification, std::uint64_t)
{
    return static_cast<std::uint16_t>(wanted & (poll_in | poll_out));
}

}  // namespace posix
