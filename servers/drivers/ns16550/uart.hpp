// Uart: a 16550 as a serial line.
#pragma once
#include "lib/base/result.hpp"
#include "lib/driver/mmio.hpp"
#include "lib/driver/parameters.hpp"
#include "lib/serial/line.hpp"

class Uart final : public serial::Line {
public:
    // `parameters`: reg-shift (registers are 1 << shift bytes apart), reg-io-width (1 or 4 bytes).
    // Errors: not_supported - spaced or accessed in another way
    static Result<Uart> create(driver::MmioRegion registers, driver::Parameters const& parameters);

    void start() override;
    // Reads what caused the interrupt, which is how a 16550 lets go of its line.
    void acknowledge_interrupt() override;
    std::optional<std::byte> receive() override;
    std::size_t send(std::span<std::byte const> bytes) override;
    void interrupt_when_empty(bool enabled) override;

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
