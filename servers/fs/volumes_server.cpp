#include "servers/fs/volumes_server.hpp"
#include "servers/fs/mapping/mapped_files.hpp"
#include <algorithm>

Result<> VolumesServer::freeze_all()
{
    TRY(service_.mapped().settle());
    for (std::uint32_t id = 0; id < tree_.system_count(); ++id)
        TRY(tree_.system(id).freeze());
    return {};
}

Result<> VolumesServer::freeze() { return service_.finish(freeze_all()); }

Result<std::uint64_t> VolumesServer::disk_size()
{
    return service_.cache().page_count() * fs::page_bytes;
}

Result<std::uint32_t> VolumesServer::read_pages(std::uint64_t offset, sys::LeaseOut const& buffer)
{
    constexpr std::uint64_t most_bytes = 1 << 16;  // in one call
    std::uint64_t const size = TRY(disk_size());
    std::uint64_t const begin = std::min(offset, size);
    std::uint64_t const end = begin + std::min({size - begin, buffer.size(), most_bytes});
    for (std::uint64_t at = begin; at < end;) {
        auto const page = TRY(service_.cache().get(at / fs::page_bytes));
        std::uint64_t const skipped = at % fs::page_bytes;
        auto const piece =
            page.data().subspan(skipped, std::min(fs::page_bytes - skipped, end - at));
        at += TRY(buffer.write(at - begin, piece));
    }
    return static_cast<std::uint32_t>(end - begin);
}

Result<std::uint32_t> VolumesServer::read_disk(std::uint64_t offset, sys::LeaseOut buffer)
{
    return service_.finish(read_pages(offset, buffer));
}
