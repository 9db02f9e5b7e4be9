// SifiveUart: one of SiFive's UARTs as a serial line.
#pragma once
#include "lib/base/result.hpp"
#include "lib/driver/mmio.hpp"
#include "lib/driver/parameters.hpp"
#include "lib/serial/line.hpp"

class SifiveUart final : public serial::Line {
public:
    // Errors: not_supported - there is no room for the registers where they are said to be
    static Result<SifiveUart> create(driver::MmioRegion registers,
                                     driver::Parameters const& parameters);

    void start() override;
    // Its interrupts are levels: taking bytes, or not asking for room any more, lowers the line.
    void acknowledge_interrupt() override {}
    std::optional<std::byte> receive() override;
    std::size_t send(std::span<std::byte const> bytes) override;
    void interrupt_when_empty(bool enabled) override;

private:
    explicit SifiveUart(driver::MmioRegion registers) : registers_{registers} {}

    driver::MmioRegion registers_;
};
