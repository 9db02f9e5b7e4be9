// EntropySource: the device (virtio 1.1, section 5.4). It knows requests and interrupts, and
// nothing of clients.
//
// What the device gives is taken as it is: nobody can check it. But no number that it returns makes
// the driver hand out a byte twice, or one that the device was never asked for.
//
// Context: one thread at a time.
#pragma once
#include "lib/driver/dma.hpp"
#include "lib/driver/virtio/transport.hpp"

class EntropySource {
public:
    static constexpr std::size_t buffer_bytes = 512;
    static constexpr std::size_t memory_bytes = 3 * 4096;

    // `memory` has memory_bytes and belongs to the source.
    EntropySource(driver::virtio::Transport transport, driver::DmaRange memory)
        : transport_{transport}, memory_{memory}
    {
    }

    // Brings the device from any state to one where it can be asked.
    // Errors: not_found, not_supported - not a device that this driver can serve
    //         io_error - the device does not obey
    Result<> start();

    // Asks for a buffer of bytes, if none is asked for now. Errors: io_error - start() it again
    Result<> request();

    // The device interrupted: acknowledge first, then take.
    void acknowledge_interrupt();

    // What the device has given since; nothing if it has not answered, or gave nothing. The bytes
    // are there until the next request.
    std::span<std::byte> take();

    bool is_asked() const { return is_asked_; }
    // The device broke the rules or says that it cannot go on.
    bool has_failed() const { return !queue_ || queue_->is_broken() || needs_reset_; }

private:
    driver::DmaRange buffer() const { return memory_.part(buffer_offset, buffer_bytes); }

    static constexpr std::size_t buffer_offset = 2 * 4096;
    static_assert(driver::virtio::Queue::memory_bytes <= buffer_offset);
    static_assert(buffer_offset + buffer_bytes <= memory_bytes);

    driver::virtio::Transport transport_;
    driver::DmaRange memory_;
    std::optional<driver::virtio::Queue> queue_;  // from start() on
    bool is_asked_ = false;
    bool needs_reset_ = false;
};
