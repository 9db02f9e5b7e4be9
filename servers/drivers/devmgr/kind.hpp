// Kind: how the system manifest names a sort of device.
#pragma once
#include "lib/base/result.hpp"
#include "lib/driver/virtio/transport.hpp"
#include <optional>
#include <string_view>

using driver::virtio::DeviceType;

// A compatible string of the device tree, "ns16550a". For virtio, whose slots all look the same
// there, with the number of the device type: "virtio,mmio:2".
struct Kind {
    std::string_view compatible;
    std::optional<DeviceType> virtio_type;

    // Errors: bad_argument - empty, a virtio slot without a type, or a type that is no number
    static Result<Kind> parse(std::string_view text);

    bool does_dma() const { return virtio_type.has_value(); }
};

inline constexpr std::string_view virtio_slot = "virtio,mmio";
