#include "tests/unit/driver/simulated_entropy.hpp"
#include "lib/driver/virtio/registers.hpp"

using namespace driver::virtio;

std::uint32_t SimulatedEntropy::load(std::size_t offset, std::size_t)
{
    switch (offset) {
    case MagicValue::offset:
        return magic_value;
    case Version::offset:
        return current_version;
    case DeviceId::offset:
        return device_id;
    case DeviceFeatures::offset:
        return written_[DeviceFeaturesSel::offset] == 1 ? feature_version_1 >> 32 : 0;
    case QueueNumMax::offset:
        return written_[QueueSel::offset] == 0 ? 8 : 0;
    case QueueReady::offset:
        return ring_.has_value();
    case InterruptStatus::offset:
        return interrupt_status_;
    case DeviceStatus::offset:
        return status_;
    default:
        return 0;
    }
}

void SimulatedEntropy::store(std::size_t offset, std::size_t, std::uint32_t value)
{
    written_[offset] = value;
    switch (offset) {
    case DeviceStatus::offset:
        status_ = value;
        if (value == 0) {
            ring_.reset();
            written_.clear();
            interrupt_status_ = 0;
        }
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
        interrupt_status_ &= ~value;
        return;
    default:
        return;
    }
}

void SimulatedEntropy::work()
{
    for (SimulatedRequest const& request : ring_->take_available()) {
        Buffer const& buffer = request.buffers.front();
        auto* const memory = reinterpret_cast<std::uint8_t*>(buffer.dma_address);
        for (std::uint32_t i = 0; writes && i < buffer.length_bytes; ++i)
            memory[i] = next_++;
        ring_->finish(request.first_descriptor, claimed_bytes.value_or(buffer.length_bytes));
        interrupt_status_ |= interrupt_used_ring;
    }
}

void SimulatedEntropy::require_reset()
{
    status_ |= status_needs_reset;
    interrupt_status_ |= interrupt_configuration;
}
