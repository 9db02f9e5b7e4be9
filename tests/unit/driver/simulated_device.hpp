// Registers that act, in place of mapped device memory: what lib/driver/mmio.hpp calls on the host.
#pragma once
#include "lib/driver/mmio.hpp"

class SimulatedDevice {
public:
    SimulatedDevice();
    virtual ~SimulatedDevice();
    SimulatedDevice(SimulatedDevice const&) = delete;
    SimulatedDevice& operator=(SimulatedDevice const&) = delete;

    // A region of which each access comes to this object.
    driver::MmioRegion registers() const { return driver::MmioRegion{base_}; }
    std::uintptr_t base() const { return base_; }

    virtual std::uint32_t load(std::size_t offset, std::size_t width_bytes) = 0;
    virtual void store(std::size_t offset, std::size_t width_bytes, std::uint32_t value) = 0;

private:
    std::uintptr_t base_;
};
