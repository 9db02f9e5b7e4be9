#include "servers/drivers/devmgr/device_server.hpp"
#include "lib/sys/log.hpp"

Result<Device> DeviceServer::claim(std::string_view name, std::uint32_t index)
{
    auto kind = TRY(Kind::parse(name));
    auto description = TRY(finder_.find(kind, index));
    for (auto const& device : claimed_)
        if (device && device->registers() == description.registers)
            return claim_again(*device, kind);

    if (claimed_count_ == claimed_.size())
        return fail(Status::no_memory);
    auto& device = claimed_[claimed_count_];
    device.emplace(TRY(ClaimedDevice::create(*root_, kind, description)));
    ++claimed_count_;
    sys::log(name, " at ", sys::Hex{description.registers.address});
    return device->copies();
}

// Its last driver may have died and left the device running.
Result<Device> DeviceServer::claim_again(ClaimedDevice const& device, Kind const& kind)
{
    if (kind.virtio_type)
        TRY(slots_.reset(device.registers()));
    return device.copies();
}
