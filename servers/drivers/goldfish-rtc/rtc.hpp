// Rtc: the device. Its alarm is not used, so it never interrupts.
//
// Context: one thread at a time; the two halves of a time belong together.
#pragma once
#include "lib/driver/mmio.hpp"

class Rtc {
public:
    explicit Rtc(driver::MmioRegion registers) : registers_{registers} {}

    // Forgets an alarm that somebody may have set before.
    void start() const;

    // Nanoseconds since 1970, UTC.
    std::uint64_t now() const;
    void set(std::uint64_t nanoseconds) const;

private:
    driver::MmioRegion registers_;
};
