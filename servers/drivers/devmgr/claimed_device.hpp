// ClaimedDevice: the capabilities of a device that has a driver. They are made once and copied for
// each driver that follows, so that nothing has to be free before the next one starts.
#pragma once
#include "generated/interfaces/devmgr.hpp"
#include "servers/drivers/devmgr/finder.hpp"

class ClaimedDevice {
public:
    // Errors: no_memory, no_handles; busy - somebody else has its interrupt
    static Result<ClaimedDevice> create(sys::Handle const& root, Kind const& kind,
                                        DeviceDescription const& description);

    device_tree::Range registers() const { return description_.registers; }

    // What its driver gets. It refers to this object.
    Device copies() const;

private:
    static constexpr std::uint64_t shared_pages = 16;

    explicit ClaimedDevice(DeviceDescription const& description) : description_{description} {}
    Result<> create_interrupt(sys::Handle const& root, std::uint32_t source);
    Result<> create_dma(sys::Handle const& root);

    DeviceDescription description_;
    Memory registers_;
    Interrupt interrupt_;
    Notification notification_;
    DmaSpace dma_;
    Memory memory_;
};
