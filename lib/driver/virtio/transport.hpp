// Transport: how a driver speaks with a virtio device beside its queues (virtio 1.1, sections 3.1
// and 4.2).
//
//   transport.start(features)        reset, acknowledge, agree on features
//   transport.set_up(0, queue)       for each queue
//   transport.go()                   from here on the device works
#pragma once
#include "lib/base/result.hpp"
#include "lib/driver/virtio/queue.hpp"
#include "lib/driver/virtio/registers.hpp"
#include <concepts>

namespace driver::virtio {

// 5: what a device is.
enum class DeviceType : std::uint32_t {
    none = 0,
    network = 1,
    block = 2,
    console = 3,
    entropy = 4
};

class Transport {
public:
    explicit Transport(MmioRegion registers) : registers_{registers} {}

    // What is behind these registers; `none` for an empty slot.
    // Errors: not_found - no virtio device
    //         not_supported - one with the legacy interface only
    Result<DeviceType> identify() const;

    // The device forgets its queues and stops all DMA.
    // Errors: io_error - it does not answer
    Result<> reset() const;

    // Resets the device and takes those of `features` that it offers; they are the result. Version
    // 1 of the interface is always taken and need not be asked for. Errors: io_error - the device
    // does not answer or does not agree
    //         not_supported - the device offers no version 1 of the interface
    Result<std::uint64_t> start(std::uint64_t features) const;

    // The number of descriptors to give queue `index`: the most that both sides can do.
    // Errors: not_found - the device has no such queue
    Result<std::uint16_t> queue_size(std::uint32_t index) const;

    // Errors: not_found - the device has no such queue
    //         busy - it is in use: the device was not reset
    Result<> set_up(std::uint32_t index, Queue const& queue) const;

    void go() const;

    // Tells the device that there is something new in the queue.
    void notify(std::uint32_t index) const { registers_.write<QueueNotify>(index); }

    // Takes the reasons of the interrupt from the device, which then lowers its line. What the
    // device finishes after this raises it again: so collect finished requests after it, not
    // before.
    std::uint32_t acknowledge_interrupt() const;

    // Whether the device says that it is in a state that only a reset ends.
    bool needs_reset() const;

    // A field of the device type's configuration, `offset` bytes from its start.
    template <std::unsigned_integral Value>
    Value config(std::size_t offset) const;

private:
    std::uint64_t offered_features() const;

    MmioRegion registers_;
};

// 4.2.2.2: fields of more than 32 bits are read in halves, again if the device changed them
// between.
template <std::unsigned_integral Value>
Value Transport::config(std::size_t offset) const
{
    if constexpr (sizeof(Value) <= 4) {
        return registers_.load<Value>(config_offset + offset);
    } else {
        constexpr int most_tries = 100;
        Value value = 0;
        for (int tries = 0; tries < most_tries; ++tries) {
            std::uint32_t generation = registers_.read<ConfigGeneration>();
            value = config<std::uint32_t>(offset) |
                    static_cast<Value>(config<std::uint32_t>(offset + 4)) << 32;
            if (generation == registers_.read<ConfigGeneration>())
                break;
        }
        return value;
    }
}

}  // namespace driver::virtio
