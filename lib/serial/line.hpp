// Line: a UART as a source and a sink of bytes. It keeps the speed that the firmware has set.
#pragma once
#include <cstddef>
#include <optional>
#include <span>

namespace serial {

class Line {
public:
    // From any state to one where received bytes interrupt.
    virtual void start() = 0;

    // Makes the device let go of its interrupt as far as it needs that: what has arrived raises it
    // again until it is taken.
    virtual void acknowledge_interrupt() = 0;

    // The next byte that has arrived.
    virtual std::optional<std::byte> receive() = 0;

    // How many of the bytes went into the transmitter: none while it is full.
    virtual std::size_t send(std::span<std::byte const> bytes) = 0;

    // Whether an empty transmitter interrupts.
    virtual void interrupt_when_empty(bool enabled) = 0;

protected:
    ~Line() = default;
};

}  // namespace serial
