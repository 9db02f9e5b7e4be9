// A virtio disk for tests, with the faults that tests ask for. DMA addresses are host addresses.
#pragma once
#include "lib/driver/virtio/registers.hpp"
#include "servers/drivers/virtio-blk/layout.hpp"
#include "tests/unit/driver/simulated_device.hpp"
#include "tests/unit/driver/simulated_ring.hpp"
#include <map>
#include <optional>

class SimulatedDisk : public SimulatedDevice {
public:
    static constexpr std::size_t sectors = 1024;

    // What tests may change before or during the life of the device.
    std::uint32_t device_id = 2;
    std::uint32_t version = 2;
    std::uint64_t features = driver::virtio::feature_version_1 | layout::feature_flush |
                             layout::feature_seg_max | layout::feature_blk_size;
    std::uint32_t block_bytes = 512;
    std::uint32_t most_segments = 254;
    std::uint32_t most_segment_bytes = 0;
    std::uint32_t queue_size = 256;
    bool ignores_reset = false;
    bool refuses_features = false;
    std::uint8_t answers = layout::status_ok;

    // What it was told and did.
    std::vector<std::byte> content = std::vector<std::byte>(sectors * layout::sector_bytes);
    std::uint64_t accepted_features = 0;
    std::uint32_t interrupt_status = 0;
    int notifications = 0;
    int flushes = 0;
    std::size_t most_buffers_seen = 0;

    std::uint32_t load(std::size_t offset, std::size_t width_bytes) override;
    void store(std::size_t offset, std::size_t width_bytes, std::uint32_t value) override;

    // Carries out what the driver has made available, last first if `backwards`.
    void work(bool backwards = false);
    SimulatedRing& ring() { return *ring_; }
    bool is_running() const { return status_ & driver::virtio::status_driver_ok; }
    void require_reset();

private:
    std::uint32_t load_configuration(std::size_t offset) const;
    void set_status(std::uint32_t value);
    std::uint32_t carry_out(SimulatedRequest const& request);

    std::uint32_t status_ = 0;
    std::map<std::size_t, std::uint32_t> written_;  // by register offset
    std::optional<SimulatedRing> ring_;
};
