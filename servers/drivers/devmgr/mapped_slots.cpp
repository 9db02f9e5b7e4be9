#include "servers/drivers/devmgr/mapped_slots.hpp"

using driver::virtio::Transport;

Result<sys::Handle> register_pages(sys::Handle const& root, device_tree::Range registers)
{
    auto offset = registers.address % abi::page_size;
    return sys::device_memory_create(root.value(), registers.address - offset,
                                     sys::pages_for(offset + registers.size));
}

static Result<sys::Mapping> map_registers(sys::Handle const& root, device_tree::Range registers)
{
    sys::Memory pages{TRY(register_pages(root, registers))};
    return pages.map();
}

static Transport transport_in(sys::Mapping const& mapping, device_tree::Range registers)
{
    return Transport{
        driver::MmioRegion{sys::address_of(mapping.data()) + registers.address % abi::page_size}};
}

Result<DeviceType> MappedSlots::type_of(device_tree::Range registers)
{
    auto mapping = TRY(map_registers(*root_, registers));
    return transport_in(mapping, registers).identify();
}

Result<> MappedSlots::reset(device_tree::Range registers) const
{
    auto mapping = TRY(map_registers(*root_, registers));
    return transport_in(mapping, registers).reset();
}
