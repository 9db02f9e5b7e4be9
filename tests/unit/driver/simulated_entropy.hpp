// A virtio entropy device for tests, with the faults that tests ask for. It gives the numbers 1, 2,
// 3 and so on. DMA addresses are host addresses.
#pragma once
#include "tests/unit/driver/simulated_device.hpp"
#include "tests/unit/driver/simulated_ring.hpp"
#include <map>
#include <optional>

class SimulatedEntropy final : public SimulatedDevice {
public:
    // What tests may change.
    std::uint32_t device_id = 4;
    bool writes = true;
    std::optional<std::uint32_t> claimed_bytes;  // instead of those that it wrote

    int notifications = 0;

    std::uint32_t load(std::size_t offset, std::size_t width_bytes) override;
    void store(std::size_t offset, std::size_t width_bytes, std::uint32_t value) override;

    // Answers what the driver has asked for.
    void work();
    void require_reset();

private:
    std::uint32_t status_ = 0;
    std::uint32_t interrupt_status_ = 0;
    std::uint8_t next_ = 1;
    std::map<std::size_t, std::uint32_t> written_;  // by register offset
    std::optional<SimulatedRing> ring_;
};
