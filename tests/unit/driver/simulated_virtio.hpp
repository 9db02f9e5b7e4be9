// A virtio device with one queue behind virtio-mmio registers (VIRTIO 1.2, 4.2.2), for tests, with
// the faults that tests ask for. DMA addresses are host addresses.
#pragma once
#include "lib/driver/virtio/registers.hpp"
#include "tests/unit/driver/simulated_device.hpp"
#include "tests/unit/driver/simulated_ring.hpp"
#include <map>
#include <optional>

class SimulatedVirtio : public SimulatedDevice {
public:
    // What tests may change before or during the life of the device.
    std::uint32_t device_id;
    std::uint32_t version = driver::virtio::current_version;
    std::uint64_t features;
    std::uint32_t queue_size;
    bool ignores_reset = false;
    bool refuses_features = false;

    // What it was told and did.
    std::uint64_t accepted_features = 0;
    std::uint32_t interrupt_status = 0;
    int notifications = 0;

    std::uint32_t load(std::size_t offset, std::size_t width_bytes) override;
    void store(std::size_t offset, std::size_t width_bytes, std::uint32_t value) override;

    SimulatedRing& ring() { return *ring_; }
    bool is_running() const { return status_ & driver::virtio::status_driver_ok; }
    void require_reset();

protected:
    SimulatedVirtio(std::uint32_t device, std::uint64_t offered_features, std::uint32_t entries)
        : device_id{device}, features{offered_features}, queue_size{entries}
    {
    }

    // The device's own registers; the offset is from their start.
    virtual std::uint32_t load_configuration(std::size_t) const { return 0; }

private:
    void set_status(std::uint32_t value);

    std::uint32_t status_ = 0;
    std::map<std::size_t, std::uint32_t> written_;  // by register offset
    std::optional<SimulatedRing> ring_;
};
