// DeviceServer: hands out devices. Its only client is init.
#pragma once
#include "servers/drivers/devmgr/claimed_device.hpp"
#include "servers/drivers/devmgr/mapped_slots.hpp"
#include <array>

class DeviceServer final : public DeviceManager::Server {
public:
    // `root` carries the right `device`; both live as long as the server.
    DeviceServer(sys::Handle const& root, device_tree::Tree const& tree)
        : root_{&root}, slots_{root}, finder_{tree, slots_}
    {
    }

    Result<Device> claim(std::string_view kind, std::uint32_t index) override;

private:
    static constexpr std::size_t most_devices = 32;

    Result<Device> claim_again(ClaimedDevice const& device, Kind const& kind);

    sys::Handle const* root_;
    MappedSlots slots_;
    Finder finder_;
    std::array<std::optional<ClaimedDevice>, most_devices> claimed_;
    std::size_t claimed_count_ = 0;
};
