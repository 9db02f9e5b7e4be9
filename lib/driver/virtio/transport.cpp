#include "lib/driver/virtio/transport.hpp"
#include <algorithm>
#include <bit>

namespace driver::virtio {

static constexpr std::uint32_t low_half(std::uint64_t value)
{
    return static_cast<std::uint32_t>(value);
}
static constexpr std::uint32_t high_half(std::uint64_t value)
{
    return static_cast<std::uint32_t>(value >> 32);
}

Result<DeviceType> Transport::identify() const
{
    if (registers_.read<MagicValue>() != magic_value)
        return fail(Status::not_found);
    auto type = static_cast<DeviceType>(registers_.read<DeviceId>());
    if (type != DeviceType::none && registers_.read<Version>() != current_version)
        return fail(Status::not_supported);
    return type;
}

Result<> Transport::reset() const
{
    constexpr int most_tries = 100'000;  // each reads a register, so this is about 10 ms or more
    registers_.write<DeviceStatus>(0);
    for (int tries = 0; tries < most_tries; ++tries)
        if (registers_.read<DeviceStatus>() == 0)
            return {};
    return fail(Status::io_error);
}

// The steps 1 to 6 of section 3.1.1.
Result<std::uint64_t> Transport::start(std::uint64_t features) const
{
    TRY(reset());
    registers_.write<DeviceStatus>(status_acknowledge);
    registers_.write<DeviceStatus>(status_acknowledge | status_driver);

    std::uint64_t offered = offered_features();
    if ((offered & feature_version_1) == 0) {
        registers_.write<DeviceStatus>(status_failed);
        return fail(Status::not_supported);
    }
    std::uint64_t agreed = offered & (features | feature_version_1);
    registers_.write<DriverFeaturesSel>(0);
    registers_.write<DriverFeatures>(low_half(agreed));
    registers_.write<DriverFeaturesSel>(1);
    registers_.write<DriverFeatures>(high_half(agreed));

    registers_.write<DeviceStatus>(status_acknowledge | status_driver | status_features_ok);
    if ((registers_.read<DeviceStatus>() & status_features_ok) == 0)
        return fail(Status::io_error);
    return agreed;
}

std::uint64_t Transport::offered_features() const
{
    registers_.write<DeviceFeaturesSel>(1);
    std::uint64_t high = registers_.read<DeviceFeatures>();
    registers_.write<DeviceFeaturesSel>(0);
    return high << 32 | registers_.read<DeviceFeatures>();
}

Result<std::uint16_t> Transport::queue_size(std::uint32_t index) const
{
    registers_.write<QueueSel>(index);
    std::uint32_t most = registers_.read<QueueNumMax>();
    if (most == 0)
        return fail(Status::not_found);
    return static_cast<std::uint16_t>(
        std::bit_floor(std::min<std::uint32_t>(most, Queue::max_size)));
}

Result<> Transport::set_up(std::uint32_t index, Queue const& queue) const
{
    registers_.write<QueueSel>(index);
    if (registers_.read<QueueNumMax>() < queue.size())
        return fail(Status::not_found);
    if (registers_.read<QueueReady>() != 0)
        return fail(Status::busy);

    registers_.write<QueueNum>(queue.size());
    registers_.write<QueueDescLow>(low_half(queue.descriptors_address()));
    registers_.write<QueueDescHigh>(high_half(queue.descriptors_address()));
    registers_.write<QueueDriverLow>(low_half(queue.available_address()));
    registers_.write<QueueDriverHigh>(high_half(queue.available_address()));
    registers_.write<QueueDeviceLow>(low_half(queue.used_address()));
    registers_.write<QueueDeviceHigh>(high_half(queue.used_address()));
    registers_.write<QueueReady>(1);
    return {};
}

void Transport::go() const
{
    registers_.write<DeviceStatus>(registers_.read<DeviceStatus>() | status_driver_ok);
}

std::uint32_t Transport::acknowledge_interrupt() const
{
    std::uint32_t reasons = registers_.read<InterruptStatus>();
    registers_.write<InterruptAck>(reasons);
    return reasons;
}

bool Transport::needs_reset() const
{
    return (registers_.read<DeviceStatus>() & status_needs_reset) != 0;
}

}  // namespace driver::virtio
