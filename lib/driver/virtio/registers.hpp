// The registers of a virtio device on the MMIO transport (virtio 1.1, section 4.2.2), version 2.
#pragma once
#include "lib/driver/mmio.hpp"

namespace driver::virtio {

using enum Access;

using MagicValue = Register<0x000, read_only>;
using Version = Register<0x004, read_only>;
using DeviceId = Register<0x008, read_only>;
using DeviceFeatures = Register<0x010, read_only>;
using DeviceFeaturesSel = Register<0x014, write_only>;
using DriverFeatures = Register<0x020, write_only>;
using DriverFeaturesSel = Register<0x024, write_only>;
using QueueSel = Register<0x030, write_only>;
using QueueNumMax = Register<0x034, read_only>;
using QueueNum = Register<0x038, write_only>;
using QueueReady = Register<0x044, read_write>;
using QueueNotify = Register<0x050, write_only>;
using InterruptStatus = Register<0x060, read_only>;
using InterruptAck = Register<0x064, write_only>;
using DeviceStatus = Register<0x070, read_write>;
using QueueDescLow = Register<0x080, write_only>;
using QueueDescHigh = Register<0x084, write_only>;
using QueueDriverLow = Register<0x090, write_only>;
using QueueDriverHigh = Register<0x094, write_only>;
using QueueDeviceLow = Register<0x0a0, write_only>;
using QueueDeviceHigh = Register<0x0a4, write_only>;
using ConfigGeneration = Register<0x0fc, read_only>;

inline constexpr std::size_t config_offset = 0x100;       // the device type's own fields
inline constexpr std::uint32_t magic_value = 0x74726976;  // "virt"
inline constexpr std::uint32_t current_version = 2;       // 1 is the legacy interface

// 2.1: the bits of DeviceStatus.
inline constexpr std::uint32_t status_acknowledge = 1;
inline constexpr std::uint32_t status_driver = 2;
inline constexpr std::uint32_t status_driver_ok = 4;
inline constexpr std::uint32_t status_features_ok = 8;
inline constexpr std::uint32_t status_needs_reset = 64;
inline constexpr std::uint32_t status_failed = 128;

// 4.2.2: the bits of InterruptStatus.
inline constexpr std::uint32_t interrupt_used_ring = 1;
inline constexpr std::uint32_t interrupt_configuration = 2;

// 6: feature bits that do not belong to a device type.
inline constexpr std::uint64_t feature_version_1 = 1ull << 32;

}  // namespace driver::virtio
