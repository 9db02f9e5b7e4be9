// Finder: looks for devices in the device tree, and into virtio slots for what is plugged in there.
#pragma once
#include "lib/device_tree/tree.hpp"
#include "lib/sys/line.hpp"
#include "servers/drivers/devmgr/kind.hpp"

// Reads a virtio slot's registers; what it is in tests is not a machine.
class SlotProbe {
public:
    // Errors: not_found, not_supported, and those of mapping the registers
    virtual Result<DeviceType> type_of(device_tree::Range registers) = 0;

protected:
    ~SlotProbe() = default;
};

// What a driver needs of a device, as the device tree tells it.
struct DeviceDescription {
    device_tree::Range registers;  // physical; not empty
    std::optional<std::uint32_t> interrupt_source;
    sys::Line parameters;  // see interfaces/devmgr.capnp
};

class Finder {
public:
    Finder(device_tree::Tree const& tree, SlotProbe& probe) : tree_{&tree}, probe_{&probe} {}

    // Device number `index`, from 0, of a kind, in the order of the device tree.
    // Errors: not_found - there are not that many
    //         bad_argument - the device tree does not say where its registers are
    Result<DeviceDescription> find(Kind const& kind, std::uint32_t index) const;

private:
    bool matches(device_tree::Node const& node, Kind const& kind) const;

    device_tree::Tree const* tree_;
    SlotProbe* probe_;
};
