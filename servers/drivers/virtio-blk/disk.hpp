// Disk: the device. It knows requests, segments of memory and interrupts, and nothing of clients.
//
// The device is not trusted: it can fail requests and the whole disk, and it can write what it
// wants into the memory that it is shown, but nothing that it does confuses the driver.
//
// Context: one thread at a time.
#pragma once
#include "lib/driver/dma.hpp"
#include "lib/driver/virtio/transport.hpp"
#include "servers/drivers/virtio-blk/layout.hpp"

// Memory that takes part in a request, contiguous for the device.
struct Segment {
    std::uint64_t dma_address{};
    std::uint32_t length_bytes{};
};

struct DiskRequest {
    layout::RequestType type{};
    std::uint64_t sector{};
    std::span<Segment const> segments;  // none for a flush
};

// A request that is over.
struct DiskResult {
    std::uint32_t tag{};
    Status status{};  // ok or io_error
};

struct DiskGeometry {
    std::uint64_t sector_count{};
    std::uint32_t block_bytes = layout::sector_bytes;
    std::uint32_t segment_bytes{};  // the most in one segment; at least a page
    bool read_only{};
    bool can_flush{};  // else what is written is durable when it is answered
};

class Disk {
public:
    static constexpr std::size_t max_requests = 64;
    static constexpr std::size_t max_segments = 64;  // of one request
    static constexpr std::uint64_t memory_pages = 3;

    // `memory` has memory_pages and belongs to the disk.
    Disk(driver::virtio::Transport transport, driver::DmaRange memory)
        : transport_{transport}, memory_{memory}
    {
    }

    // Brings the device from any state to one where it takes requests. Requests that it had are
    // forgotten.
    // Errors: not_found, not_supported - not a disk that this driver can serve
    //         io_error - the device does not obey
    Result<> start();

    DiskGeometry const& geometry() const { return geometry_; }

    bool has_room(std::size_t segment_count) const
    {
        return queue_ && queue_->has_room(segment_count + 2);
    }

    // Queues a request; the device looks for it when it is notified. `tag` names the request in its
    // result, is less than max_requests and belongs to no other request that is not over.
    // Errors: busy - no room now
    //         bad_argument - too many segments, or data for a flush
    //         io_error - the device has failed: start() it again
    Result<> submit(DiskRequest const& request, std::uint32_t tag);
    void notify() const { transport_.notify(0); }

    // The device interrupted: acknowledge first, then take results until there are none, so that
    // what it finishes in between raises the line again.
    void acknowledge_interrupt();
    std::optional<DiskResult> take_result();

    // The device broke the rules or says that it cannot go on. No more results come.
    bool has_failed() const { return !queue_ || queue_->is_broken() || needs_reset_; }

private:
    // Header and status byte of a request, in memory that the device reaches.
    struct Slot {
        layout::RequestHeader header;
        std::uint32_t status{};
        std::uint32_t padding[3]{};
    };
    static_assert(sizeof(Slot) == 32);
    static constexpr std::size_t slots_offset = 2 * 4096;
    static_assert(driver::virtio::Queue::memory_bytes <= slots_offset);

    Result<> read_geometry(std::uint64_t features);
    Slot& slot(std::uint32_t tag);
    std::uint64_t slot_address(std::uint32_t tag) const;

    driver::virtio::Transport transport_;
    driver::DmaRange memory_;
    std::optional<driver::virtio::Queue> queue_;  // from start() on
    DiskGeometry geometry_;
    bool needs_reset_ = false;
};
