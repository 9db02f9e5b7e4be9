#include "servers/drivers/virtio-blk/disk.hpp"
#include <algorithm>
#include <atomic>
#include <bit>

using driver::virtio::Buffer;
using driver::virtio::DeviceType;
using driver::virtio::Queue;

static constexpr std::uint64_t wanted_features = layout::feature_size_max |
                                                 layout::feature_seg_max | layout::feature_ro |
                                                 layout::feature_blk_size | layout::feature_flush;

Result<> Disk::start()
{
    queue_.reset();
    needs_reset_ = false;
    if (TRY(transport_.identify()) != DeviceType::block)
        return fail(Status::not_found);
    auto features = TRY(transport_.start(wanted_features));
    TRY(read_geometry(features));

    auto size = TRY(transport_.queue_size(0));
    if (size < max_segments + 2)
        return fail(Status::not_supported);
    auto ring = memory_.part(0, Queue::memory_bytes);
    queue_.emplace(ring.bytes, ring.dma_address, size);
    TRY(transport_.set_up(0, *queue_));
    transport_.go();
    return {};
}

Result<> Disk::read_geometry(std::uint64_t features)
{
    DiskGeometry found{.sector_count = transport_.config<std::uint64_t>(layout::capacity),
                       .segment_bytes = 1u << 30,
                       .read_only = (features & layout::feature_ro) != 0,
                       .can_flush = (features & layout::feature_flush) != 0};
    if ((features & layout::feature_blk_size) != 0)
        found.block_bytes = transport_.config<std::uint32_t>(layout::blk_size);
    if ((features & layout::feature_size_max) != 0)
        found.segment_bytes =
            std::min(found.segment_bytes, transport_.config<std::uint32_t>(layout::size_max));

    std::uint32_t segments = max_segments;
    if ((features & layout::feature_seg_max) != 0)
        segments = transport_.config<std::uint32_t>(layout::seg_max);

    bool block_fits = std::has_single_bit(found.block_bytes) &&
                      found.block_bytes >= layout::sector_bytes &&
                      found.block_bytes <= abi::page_size;
    if (!block_fits || segments < max_segments || found.segment_bytes < abi::page_size)
        return fail(Status::not_supported);
    geometry_ = found;
    return {};
}

Result<> Disk::submit(DiskRequest const& request, std::uint32_t tag)
{
    bool is_flush = request.type == layout::RequestType::flush;
    if (request.segments.size() > max_segments || is_flush != request.segments.empty() ||
        tag >= max_requests)
        return fail(Status::bad_argument);
    if (!queue_)
        return fail(Status::io_error);

    bool device_writes = request.type == layout::RequestType::in;
    std::array<Buffer, max_segments + 2> buffers;
    std::size_t count = 0;
    buffers[count++] = {slot_address(tag), sizeof(layout::RequestHeader), false};
    for (Segment const& segment : request.segments)
        buffers[count++] = {segment.dma_address, segment.length_bytes, device_writes};
    buffers[count++] = {slot_address(tag) + offsetof(Slot, status), 1, true};

    slot(tag) = {.header = {.type = request.type, .sector = request.sector},
                 .status = layout::status_unanswered};
    return queue_->submit(std::span{buffers}.first(count), tag);
}

void Disk::acknowledge_interrupt()
{
    auto reasons = transport_.acknowledge_interrupt();
    if ((reasons & driver::virtio::interrupt_configuration) != 0 && transport_.needs_reset())
        needs_reset_ = true;
}

std::optional<DiskResult> Disk::take_result()
{
    if (!queue_)
        return std::nullopt;
    auto finished = queue_->take_finished();
    if (!finished)
        return std::nullopt;

    // Relaxed: ordered by take_finished's acquire. The device owns the first byte only.
    std::uint32_t status =
        std::atomic_ref{slot(finished->tag).status}.load(std::memory_order_relaxed) & 0xff;
    return DiskResult{finished->tag, status == layout::status_ok ? Status::ok : Status::io_error};
}

Disk::Slot& Disk::slot(std::uint32_t tag)
{
    return reinterpret_cast<Slot*>(memory_.bytes.data() + slots_offset)[tag];
}

std::uint64_t Disk::slot_address(std::uint32_t tag) const
{
    return memory_.dma_address + slots_offset + tag * sizeof(Slot);
}
