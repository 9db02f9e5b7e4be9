#include "tests/unit/driver/simulated_disk.hpp"
#include <algorithm>

using driver::virtio::Buffer;

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

void SimulatedDisk::work(bool backwards)
{
    auto requests = ring().take_available();
    if (backwards)
        std::ranges::reverse(requests);
    for (SimulatedRequest const& request : requests)
        ring().finish(request.first_descriptor, carry_out(request));
    if (!requests.empty())
        interrupt_status |= driver::virtio::interrupt_used_ring;
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
