// Uart: a 16550 as a source and a sink of bytes. It keeps the speed that the firmware has set.
#pragma once
#include "lib/base/result.hpp"
#include "lib/driver/mmio.hpp"
#include "lib/driver/parameters.hpp"
#include <optional>
#include <span>

class Uart {
public:
    // `parameters`: reg-shift (registers are 1 << shift bytes apart), reg-io-width (1 or 4 bytes).
    // Errors: not_supported - spaced or accessed in another way
    static Result<Uart> create(driver::MmioRegion registers, driver::Parameters const& parameters);

    // From any state to one where received bytes interrupt.
    void start();

    // Reads what caused the interrupt, which is how a 16550 lets go of its line. Received bytes
    // raise it again until they are taken.
    void acknowledge_interrupt();

    // The next byte that has arrived.
    std::optional<std::byte> receive();

    // How many of the bytes went into the transmitter: none while it is full.
    std::size_t send(std::span<std::byte const> bytes);

    // Whether an empty transmitter interrupts.
    void interrupt_when_empty(bool enabled);

    // How often the device lost bytes because they were not taken in time.
    std::uint64_t overruns() const { return overruns_; }

private:
    Uart(driver::MmioRegion registers, std::size_t shift, bool wide)
        : registers_{registers}, shift_{shift}, wide_{wide}
    {
    }

    std::uint8_t read(std::size_t number) const;
    void write(std::size_t number, std::uint8_t value) const;

    driver::MmioRegion registers_;
    std::size_t shift_;
    bool wide_;  // registers are accessed as 32 bits
    std::size_t fifo_bytes_ = 1;
    bool empty_interrupts_ = false;
    std::uint64_t overruns_ = 0;
};
