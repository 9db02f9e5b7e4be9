#include "tests/unit/driver/simulated_virtio.hpp"

using namespace driver::virtio;

std::uint32_t SimulatedVirtio::load(std::size_t offset, std::size_t)
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

void SimulatedVirtio::store(std::size_t offset, std::size_t, std::uint32_t value)
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

void SimulatedVirtio::set_status(std::uint32_t value)
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

void SimulatedVirtio::require_reset()
{
    status_ |= status_needs_reset;
    interrupt_status |= interrupt_configuration;
}
