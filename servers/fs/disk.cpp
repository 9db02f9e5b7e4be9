#include "servers/fs/disk.hpp"
#include <bit>

namespace {

bool is_usable(Geometry const& geometry)
{
    return std::has_single_bit(geometry.block_size) && geometry.block_size >= 512 &&
           geometry.block_size <= fs::page_bytes;
}

}  // namespace

Disk::Disk(BlockDevice device, Geometry geometry, ::Memory memory, sys::Mapping mapping)
    : device_{std::move(device)}, geometry_{geometry}, memory_{std::move(memory)},
      mapping_{std::move(mapping)}
{
}

Result<Disk> Disk::create(BlockDevice device, std::uint64_t buffer_pages)
{
    Geometry const geometry = TRY(device.geometry());
    if (!is_usable(geometry))
        return fail(Status::not_supported);

    sys::Memory pages = TRY(sys::Memory::create(buffer_pages));
    sys::Mapping mapping = TRY(pages.map());
    ::Memory memory{pages.release()};
    TRY(device.attach(memory));
    return Disk{std::move(device), geometry, std::move(memory), std::move(mapping)};
}

// A driver that was started again has lost the buffer: attach it and repeat. Whatever else goes
// wrong is to our clients a failure of the disk.
template <class Request>
Result<> Disk::request(Request const& send) const
{
    Result<> result = send();
    if (!result && result.error() == Status::restarted) {
        result = device_.attach(memory_);
        if (result)
            result = send();
    }
    return result ? result : fail(Status::io_error);
}

Result<> Disk::read(fs::PageNumber first, std::span<fs::FrameIndex const> frames)
{
    return request([&] { return device_.read(transfer(first, frames)); });
}

Result<> Disk::write(fs::PageNumber first, std::span<fs::FrameIndex const> frames)
{
    return request([&] { return device_.write(transfer(first, frames)); });
}

Result<> Disk::flush()
{
    return request([&] { return device_.flush(); });
}
