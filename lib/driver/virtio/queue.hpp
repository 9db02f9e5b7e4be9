// Queue: the driver's side of a split virtqueue (virtio 1.1, section 2.6).
//
// The device is not trusted. Everything that the driver needs to remember is in its own memory; of
// the shared memory it reads only the used ring, and checks each number that it finds there.
// A device that breaks a rule makes the queue broken, until reset() after a reset of the device.
//
// Context: one thread at a time.
#pragma once
#include "lib/base/result.hpp"
#include "lib/driver/virtio/ring.hpp"
#include <array>
#include <optional>
#include <span>

namespace driver::virtio {

// Memory as the device addresses it. Without default values: long arrays of them are filled on the
// way of each request, and need not be cleared first.
struct Buffer {
    std::uint64_t dma_address;
    std::uint32_t length_bytes;
    bool device_writes;  // else it reads
};

// A request that the device has finished.
struct Finished {
    std::uint32_t tag{};            // what the driver called it in submit()
    std::uint32_t written_bytes{};  // at most what the request's buffers hold
};

class Queue {
public:
    static constexpr std::uint16_t max_size = 256;
    static constexpr std::size_t memory_bytes = RingLayout::of(max_size).total_bytes;

    // `memory` has memory_bytes, is aligned to 16 and belongs to the queue; the device sees it at
    // `dma_address`. `size` is a power of two, at most max_size.
    Queue(std::span<std::byte> memory, std::uint64_t dma_address, std::uint16_t size);
    Queue(Queue const&) = delete;
    Queue& operator=(Queue const&) = delete;

    std::uint16_t size() const { return size_; }
    std::uint64_t descriptors_address() const { return dma_address_; }
    std::uint64_t available_address() const { return dma_address_ + layout_.available; }
    std::uint64_t used_address() const { return dma_address_ + layout_.used; }

    bool has_room(std::size_t descriptor_count) const { return descriptor_count <= free_count_; }
    bool is_idle() const { return free_count_ == size_; }
    bool is_broken() const { return broken_; }

    // Hands a request to the device, which looks for it when it is notified. Buffers that the
    // device reads come before those that it writes (2.6.4.2). Errors: bad_argument - no buffers,
    // or in the wrong order
    //         busy - not enough free descriptors
    //         io_error - the queue is broken
    Result<> submit(std::span<Buffer const> buffers, std::uint32_t tag);

    // The next request that the device has finished, if there is one. None also if the device broke
    // a rule, now or before: ask is_broken() after the last.
    std::optional<Finished> take_finished();

    // Forgets all requests. The device has been reset before.
    void reset();

private:
    using Index = std::uint16_t;

    // What the driver knows about a chain, kept at the number of its first descriptor.
    struct Chain {
        std::uint32_t tag{};
        std::uint64_t writable_bytes{};
        Index descriptor_count = 0;  // 0: no chain that the device holds starts here
        Index last = 0;
    };

    Descriptor& descriptor(std::size_t index);
    AvailableEntry& available_entry(std::size_t index);
    UsedEntry& used_entry(std::size_t index);
    std::uint32_t& available_head();
    std::uint32_t& used_head();
    Chain fill_chain(std::span<Buffer const> buffers, std::uint32_t tag);
    void release(Index first);
    std::optional<Finished> break_off();

    std::span<std::byte> memory_;
    std::uint64_t dma_address_;
    RingLayout layout_;
    Index size_;

    // Free descriptors are a list through next_; so are those of a chain.
    std::array<Index, max_size> next_{};
    std::array<Chain, max_size> chains_{};
    Index first_free_ = 0;
    Index free_count_ = 0;
    Index available_index_ = 0;  // where the next request goes
    Index used_index_ = 0;       // where the next finished one will be
    bool broken_ = false;
};

}  // namespace driver::virtio
