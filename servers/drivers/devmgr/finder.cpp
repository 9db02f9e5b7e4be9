#include "servers/drivers/devmgr/finder.hpp"
#include "abi/syscall.hpp"
#include "lib/device_tree/interrupts.hpp"
#include <array>

using device_tree::Node;
using device_tree::Range;

// Properties that a driver learns as they are.
static constexpr std::array passed_properties{"reg-shift", "reg-io-width", "clock-frequency",
                                              "current-speed"};

// Registers end somewhere below this, or the device tree is wrong.
static constexpr std::uint64_t address_limit = 1ull << 56;

static std::optional<Range> registers_of(Node const& node)
{
    auto range = node.physical_range();
    if (!range || range->size == 0 || range->address >= address_limit ||
        range->size > address_limit - range->address)
        return std::nullopt;
    return range;
}

static Result<DeviceDescription> describe(Node const& node)
{
    auto registers = registers_of(node);
    if (!registers)
        return fail(Status::bad_argument);

    DeviceDescription device{.registers = *registers,
                             .interrupt_source = std::nullopt,
                             .parameters =
                                 sys::Line{"registers-offset=", registers->address % abi::page_size,
                                           " registers-bytes=", registers->size}};
    if (auto const interrupt = device_tree::interrupt(node))
        device.interrupt_source = interrupt->number;
    for (char const* name : passed_properties)
        if (auto value = node.cell(name))
            device.parameters.append(sys::Line{" ", name, "=", *value}.view());
    return device;
}

Result<DeviceDescription> Finder::find(Kind const& kind, std::uint32_t index) const
{
    for (Node const& node : *tree_)
        if (matches(node, kind) && index-- == 0)
            return describe(node);
    return fail(Status::not_found);
}

bool Finder::matches(Node const& node, Kind const& kind) const
{
    if (!node.is_compatible(kind.compatible) || !node.enabled())
        return false;
    if (!kind.virtio_type)
        return true;
    auto registers = registers_of(node);
    if (!registers)
        return false;
    auto type = probe_->type_of(*registers);
    return type && *type == *kind.virtio_type;
}
