// A virtio entropy device for tests, with the faults that tests ask for. It gives the numbers 1, 2,
// 3 and so on.
#pragma once
#include "tests/unit/driver/simulated_virtio.hpp"

class SimulatedEntropy final : public SimulatedVirtio {
public:
    SimulatedEntropy() : SimulatedVirtio{4, driver::virtio::feature_version_1, 8} {}

    // What tests may change.
    bool writes = true;
    std::optional<std::uint32_t> claimed_bytes;  // instead of those that it wrote

    // Answers what the driver has asked for.
    void work();

private:
    std::uint8_t next_ = 1;
};
