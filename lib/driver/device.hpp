// Device: what devmgr gave a driver to reach its device; for one that does DMA there is Dma
// besides.
#pragma once
#include "lib/driver/mmio.hpp"
#include "lib/driver/parameters.hpp"
#include "lib/sys/environment.hpp"
#include "lib/sys/memory.hpp"
#include "lib/sys/notification.hpp"

namespace driver {

class [[nodiscard]] Device {
public:
    // The bit of the notification that the interrupt sets; the others are the driver's.
    static constexpr std::uint64_t interrupt_bit = 1;

    // Takes the grants that interfaces/devmgr.capnp names; the parameters are the last argument.
    // Errors: not_granted - the manifest gives this program no device
    //         bad_argument - the parameters contradict the registers
    static Result<Device> create(sys::Environment& environment);

    Parameters const& parameters() const { return parameters_; }

    MmioRegion registers() const
    {
        return MmioRegion{sys::address_of(mapping_.data()) + registers_offset_};
    }

    // Is set when the device interrupts; the driver binds it to its pool.
    sys::Notification const& notification() const { return notification_; }

    // Lets the interrupt come again. The device was made to lower its line before. Also at the
    // start: a driver that died may have left it open.
    Result<> complete_interrupt() const { return sys::interrupt_complete(interrupt_.value()); }

private:
    Device() = default;

    Parameters parameters_;
    sys::Mapping mapping_;
    std::uint64_t registers_offset_ = 0;  // in mapping_
    sys::Handle interrupt_;
    sys::Notification notification_;
};

}  // namespace driver
