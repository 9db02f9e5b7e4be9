#include "servers/drivers/devmgr/claimed_device.hpp"
#include "lib/driver/device.hpp"
#include "servers/drivers/devmgr/mapped_slots.hpp"

Result<ClaimedDevice> ClaimedDevice::create(sys::Handle const& root, Kind const& kind,
                                            DeviceDescription const& description)
{
    ClaimedDevice device{description};
    device.registers_ = Memory{TRY(register_pages(root, description.registers))};
    if (description.interrupt_source)
        TRY(device.create_interrupt(root, *description.interrupt_source));
    if (kind.does_dma())
        TRY(device.create_dma(root));
    return device;
}

Result<> ClaimedDevice::create_interrupt(sys::Handle const& root, std::uint32_t source)
{
    notification_ = Notification{TRY(sys::notification_create())};
    interrupt_ = Interrupt{TRY(sys::interrupt_create(root.value(), source, notification_.value(),
                                                     driver::Device::interrupt_bit))};
    return {};
}

Result<> ClaimedDevice::create_dma(sys::Handle const& root)
{
    dma_ = DmaSpace{TRY(sys::dma_space_create(root.value()))};
    memory_ = Memory{TRY(sys::memory_create(abi::MemoryKind::contiguous, shared_pages))};
    return {};
}

// Registers are never executed, and nobody needs them for DMA.
Device ClaimedDevice::copies() const
{
    using enum abi::Right;
    return Device{.registers = {registers_, sys::rights(read, write, duplicate)},
                  .interrupt = interrupt_,
                  .notification = notification_,
                  .dma = dma_,
                  .memory = {memory_, sys::rights(read, write, dma, duplicate)},
                  .parameters = description_.parameters.view()};
}
