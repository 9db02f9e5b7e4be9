// A virtio disk for tests, with the faults that tests ask for.
#pragma once
#include "servers/drivers/virtio-blk/layout.hpp"
#include "tests/unit/driver/simulated_virtio.hpp"

class SimulatedDisk : public SimulatedVirtio {
public:
    static constexpr std::size_t sectors = 1024;

    SimulatedDisk()
        : SimulatedVirtio{2,
                          driver::virtio::feature_version_1 | layout::feature_flush |
                              layout::feature_seg_max | layout::feature_blk_size,
                          256}
    {
    }

    // What tests may change before or during the life of the device.
    std::uint32_t block_bytes = 512;
    std::uint32_t most_segments = 254;
    std::uint32_t most_segment_bytes = 0;
    std::uint8_t answers = layout::status_ok;

    // What it was told and did.
    std::vector<std::byte> content = std::vector<std::byte>(sectors * layout::sector_bytes);
    int flushes = 0;
    std::size_t most_buffers_seen = 0;

    // Carries out what the driver has made available, last first if `backwards`.
    void work(bool backwards = false);

private:
    std::uint32_t load_configuration(std::size_t offset) const override;
    std::uint32_t carry_out(SimulatedRequest const& request);
};
