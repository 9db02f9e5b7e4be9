// MappedSlots: looks into virtio slots of this machine.
#pragma once
#include "lib/sys/memory.hpp"
#include "servers/drivers/devmgr/finder.hpp"

class MappedSlots final : public SlotProbe {
public:
    // `root` carries the right `device`.
    explicit MappedSlots(sys::Handle const& root) : root_{&root} {}

    Result<DeviceType> type_of(device_tree::Range registers) override;

    // Makes the device stop all DMA. Errors: io_error - it does not answer
    Result<> reset(device_tree::Range registers) const;

private:
    sys::Handle const* root_;
};

// The pages around a device's registers.
Result<sys::Handle> register_pages(sys::Handle const& root, device_tree::Range registers);
