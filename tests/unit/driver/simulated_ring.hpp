// The device's side of a split virtqueue, for tests: it obeys the specification unless told not to.
#pragma once
#include "lib/driver/virtio/queue.hpp"
#include <cstring>
#include <vector>

// A request as the device finds it.
struct SimulatedRequest {
    std::uint16_t first_descriptor{};
    std::vector<driver::virtio::Buffer> buffers;
};

class SimulatedRing {
public:
    using Queue = driver::virtio::Queue;
    using Descriptor = driver::virtio::Descriptor;

    SimulatedRing(std::byte* memory, std::size_t size)
        : memory_{memory}, layout_{driver::virtio::RingLayout::of(size)}, size_{size}
    {
    }

    // Requests that the driver has made available since the last call.
    std::vector<SimulatedRequest> take_available()
    {
        std::vector<SimulatedRequest> requests;
        for (; seen_ != load<std::uint16_t>(layout_.available + 2); ++seen_) {
            auto first = load<std::uint16_t>(layout_.available + 4 + 2 * (seen_ % size_));
            requests.push_back({first, buffers_of(first)});
        }
        return requests;
    }

    void finish(std::uint32_t first_descriptor, std::uint32_t written_bytes)
    {
        std::size_t entry = layout_.used + 4 + 8 * (used_ % size_);
        store<std::uint32_t>(entry, first_descriptor);
        store<std::uint32_t>(entry + 4, written_bytes);
        set_used_index(static_cast<std::uint16_t>(used_ + 1));
    }

    // For hostile devices.
    void set_used_index(std::uint16_t index)
    {
        used_ = index;
        store<std::uint16_t>(layout_.used + 2, index);
    }
    void overwrite_descriptors(std::byte value)
    {
        std::memset(memory_, int(value), layout_.available);
    }

private:
    template <class T>
    T load(std::size_t offset) const
    {
        T value;
        std::memcpy(&value, memory_ + offset, sizeof value);
        return value;
    }
    template <class T>
    void store(std::size_t offset, T value)
    {
        std::memcpy(memory_ + offset, &value, sizeof value);
    }

    std::vector<driver::virtio::Buffer> buffers_of(std::uint16_t index) const
    {
        std::vector<driver::virtio::Buffer> buffers;
        for (;;) {
            auto found = load<Descriptor>(index * sizeof(Descriptor));
            bool writes = (found.flags & Descriptor::device_writes) != 0;
            buffers.push_back({found.address, found.length_bytes, writes});
            if ((found.flags & Descriptor::has_next) == 0)
                return buffers;
            index = found.next;
        }
    }

    std::byte* memory_;
    driver::virtio::RingLayout layout_;
    std::size_t size_;
    std::uint16_t seen_ = 0;
    std::uint16_t used_ = 0;
};
