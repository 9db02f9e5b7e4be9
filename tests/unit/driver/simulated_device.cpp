#include "tests/unit/driver/simulated_device.hpp"
#include <map>

static constexpr std::uintptr_t region_bytes = 0x1000;

static std::map<std::uintptr_t, SimulatedDevice*>& devices_by_base()
{
    static std::map<std::uintptr_t, SimulatedDevice*> devices;
    return devices;
}

SimulatedDevice::SimulatedDevice()
{
    static std::uintptr_t next_base = region_bytes;
    base_ = next_base;
    next_base += region_bytes;
    devices_by_base()[base_] = this;
}

SimulatedDevice::~SimulatedDevice() { devices_by_base().erase(base_); }

std::uint32_t driver::simulated_load(std::uintptr_t address, std::size_t width_bytes)
{
    auto offset = address % region_bytes;
    return devices_by_base().at(address - offset)->load(offset, width_bytes);
}

void driver::simulated_store(std::uintptr_t address, std::size_t width_bytes, std::uint32_t value)
{
    auto offset = address % region_bytes;
    devices_by_base().at(address - offset)->store(offset, width_bytes, value);
}
