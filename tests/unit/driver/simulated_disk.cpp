#include "tests/unit/driver/simulated_disk.hpp"
#include <algorithm>

using namespace driver::virtio;

std::uint32_t SimulatedDisk::load(std::size_t offset, std::size_t)
{
    switch (offset) {
    case MagicValue::offset:
        return magic_value;
    case Version::offset:
        return version;
    case DeviceId::offset:
        return device_id;
    case DeviceFeatures::offset:
        return static_cast<std::uint32_t>(features >> 32 * written_[DeviceFeaturesSel::offset]);
    case QueueNumMax::offset:
        return written_[QueueSel::offset] == 0 ? queue_size : 0;
    case QueueReady::offset:
        return ring_.has_value();
    case InterruptStatus::offset:
        return interrupt_status;
    case DeviceStatus::offset:
        return status_;
    case ConfigGeneration::offset:
        return 5;
    default:
        return load_configuration(offset - config_offset);
    }
}

std::uint32_t SimulatedDisk::load_configuration(std::size_t offset) const
{
    switch (offset) {
    case layout::capacity:
        return sectors;
    case layout::size_max:
        return most_segment_bytes;
    case layout::seg_max:
        return most_segments;
    case layout::blk_size:
        return block_bytes;
    default:
        return 0;
    }
}

void SimulatedDisk::store(std::size_t offset, std::size_t, std::uint32_t value)
{
    written_[offset] = value;
    switch (offset) {
    case DeviceStatus::offset:
        return set_status(value);
    case DriverFeatures::offset:
        accepted_features |= std::uint64_t{value} << 32 * written_[DriverFeaturesSel::offset];
        return;
    case QueueReady::offset:
        ring_.emplace(
            reinterpret_cast<std::byte*>(written_[QueueDescLow::offset] |
                                         std::uint64_t{written_[QueueDescHigh::offset]} << 32),
            written_[QueueNum::offset]);
        return;
    case QueueNotify::offset:
        ++notifications;
        return;
    case InterruptAck::offset:
        interrupt_status &= ~value;
        return;
    default:
        return;
    }
}

void SimulatedDisk::set_status(std::uint32_t value)
{
    if (value == 0) {
        if (ignores_reset)
            return;
        ring_.reset();
        written_.clear();
        accepted_features = 0;
        interrupt_status = 0;
    }
    status_ = refuses_features ? value & ~status_features_ok : value;
}

void SimulatedDisk::require_reset()
{
    status_ |= status_needs_reset;
    interrupt_status |= interrupt_configuration;
}

void SimulatedDisk::work(bool backwards)
{
    auto requests = ring_->take_available();
    if (backwards)
        std::ranges::reverse(requests);
    for (SimulatedRequest const& request : requests)
        ring_->finish(request.first_descriptor, carry_out(request));
    if (!requests.empty())
        interrupt_status |= interrupt_used_ring;
}

// The result is the number of bytes written into the driver's buffers.
std::uint32_t SimulatedDisk::carry_out(SimulatedRequest const& request)
{
    most_buffers_seen = std::max(most_buffers_seen, request.buffers.size());
    layout::RequestHeader header;
    std::memcpy(&header, reinterpret_cast<void*>(request.buffers.front().dma_address),
                sizeof header);
    std::uint32_t written = 1;
    std::byte* position = content.data() + header.sector * layout::sector_bytes;
    for (std::size_t i = 1; i + 1 < request.buffers.size() && answers == layout::status_ok; ++i) {
        Buffer const& buffer = request.buffers[i];
        auto* memory = reinterpret_cast<std::byte*>(buffer.dma_address);
        if (header.type == layout::RequestType::in) {
            std::memcpy(memory, position, buffer.length_bytes);
            written += buffer.length_bytes;
        } else {
            std::memcpy(position, memory, buffer.length_bytes);
        }
        position += buffer.length_bytes;
    }
    flushes += header.type == layout::RequestType::flush;
    *reinterpret_cast<std::uint8_t*>(request.buffers.back().dma_address) = answers;
    return written;
}
