#include "servers/posix/device_files.hpp"
#include "servers/posix/watchers.hpp"
#include <algorithm>
#include <new>

namespace posix {

static constexpr std::uint64_t most_bytes = 1 << 20;  // in one call

Result<File> NullFile::open(Service& service, bool gives_zeros)
{
    auto* const file = new (std::nothrow) NullFile{service, gives_zeros};
    if (file == nullptr)
        return fail(Status::no_memory);
    auto endpoint = service.pool.endpoint(*file);
    if (!endpoint) {
        delete file;
        return fail(endpoint.error());
    }
    return File{*std::move(endpoint)};
}

Result<std::uint32_t> NullFile::read_next(sys::LeaseOut buffer, std::int32_t)
{
    static constexpr std::array<std::byte, 4096> zeros{};
    if (!gives_zeros_)
        return 0;
    std::uint64_t done = 0;
    while (done < std::min(buffer.size(), most_bytes))
        done += TRY(buffer.write(done, zeros));
    return static_cast<std::uint32_t>(done);
}

Result<std::uint32_t> NullFile::write_next(sys::LeaseIn data, std::int32_t)
{
    return static_cast<std::uint32_t>(std::min(data.size(), most_bytes));
}

Result<std::uint16_t> NullFile::poll(std::uint16_t wanted, Notification, std::uint64_t)
{
    return static_cast<std::uint16_t>(wanted & (poll_in | poll_out));
}

}  // namespace posix
