// BlockServer: what clients see. What the device sees is in completion.cpp.
#include "servers/drivers/virtio-blk/block_server.hpp"
#include "lib/sys/later.hpp"

BlockServer::BlockServer(driver::Device const& device, driver::Dma const& dma, Disk& disk)
    : device_{&device}, dma_{&dma}, disk_{&disk}
{
    for (Request& request : requests_)
        free_.push_back(request);
}

Result<Geometry> BlockServer::geometry()
{
    DiskGeometry const& disk = disk_->geometry();
    return Geometry{.block_count = disk.sector_count * layout::sector_bytes / disk.block_bytes,
                    .block_size = disk.block_bytes,
                    .read_only = disk.read_only};
}

Result<> BlockServer::attach(Memory memory)
{
    auto& previous = buffers_[current_];
    auto& next = buffers_[1 - current_];
    if (next && next->transfers != 0)
        return fail(Status::busy);
    next = TRY(AttachedBuffer::create(*dma_, std::move(memory)));
    if (previous && previous->transfers == 0)
        previous.reset();
    current_ = 1 - current_;
    return {};
}

AttachedBuffer* BlockServer::current_buffer()
{
    auto& buffer = buffers_[current_];
    return buffer ? &*buffer : nullptr;
}

Result<> BlockServer::read(TransferView const& view)
{
    return transfer(layout::RequestType::in, view);
}

Result<> BlockServer::write(TransferView const& view)
{
    if (disk_->geometry().read_only)
        return fail(Status::read_only);
    return transfer(layout::RequestType::out, view);
}

Result<> BlockServer::flush()
{
    if (!disk_->geometry().can_flush)
        return {};
    Request* request = free_.front();
    if (request == nullptr)
        return fail(Status::busy);
    request->type = layout::RequestType::flush;
    request->sector = 0;
    request->segments.clear();
    request->buffer = nullptr;
    return accept(*request);
}

Result<> BlockServer::transfer(layout::RequestType type, TransferView const& view)
{
    auto sector = TRY(first_sector(view));
    Request* request = free_.front();
    if (request == nullptr)
        return fail(Status::busy);

    request->type = type;
    request->sector = sector;
    request->buffer = current_buffer();
    TRY(collect(view.pages, *request));
    return accept(*request);
}

// Errors: bad_argument, out_of_range
Result<std::uint64_t> BlockServer::first_sector(TransferView const& view) const
{
    DiskGeometry const& disk = disk_->geometry();
    if (view.pages.size() == 0 || view.pages.size() > Disk::max_segments)
        return fail(Status::bad_argument);

    std::uint64_t sectors_per_block = disk.block_bytes / layout::sector_bytes;
    std::uint64_t count = view.pages.size() * (abi::page_size / layout::sector_bytes);
    if (view.first_block > disk.sector_count / sectors_per_block)
        return fail(Status::out_of_range);
    std::uint64_t sector = view.first_block * sectors_per_block;
    if (count > disk.sector_count - sector)
        return fail(Status::out_of_range);
    return sector;
}

// Errors: bad_argument - no buffer, or a page that it does not have
Result<> BlockServer::collect(codec::List<std::uint32_t> const& pages, Request& request)
{
    if (request.buffer == nullptr)
        return fail(Status::bad_argument);
    request.segments.clear();
    for (std::uint32_t page : pages) {
        auto address = request.buffer->dma_address(page);
        if (!address)
            return fail(Status::bad_argument);
        request.segments.append(*address, abi::page_size, disk_->geometry().segment_bytes);
    }
    return {};
}

// Takes a request off the free list and lets it wait for the device. Nothing below can fail, so a
// request is either the caller's or ours.
Result<> BlockServer::accept(Request& request)
{
    if (disk_->has_failed())
        return fail(Status::io_error);
    request.reply = TRY(sys::take_reply<BlockDevice::FlushCall>());

    free_.remove(request);
    if (request.buffer != nullptr)
        ++request.buffer->transfers;
    waiting_.push_back(request);
    start_requests();
    return fail(sys::later);
}
