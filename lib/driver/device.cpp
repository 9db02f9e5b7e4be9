#include "lib/driver/device.hpp"

namespace driver {

Result<Device> Device::create(sys::Environment& environment)
{
    Device device;
    if (!environment.arguments().empty())
        device.parameters_ = Parameters{environment.arguments().back()};

    sys::Memory registers{TRY(environment.take("registers"))};
    device.mapping_ = TRY(registers.map());
    device.registers_offset_ = device.parameters_.number("registers-offset").value_or(0);
    auto length = device.parameters_.number("registers-bytes").value_or(1);
    auto mapped = device.mapping_.size_bytes();
    if (device.registers_offset_ > mapped || length > mapped - device.registers_offset_)
        return fail(Status::bad_argument);

    device.interrupt_ = TRY(environment.take("interrupt"));
    device.notification_ = sys::Notification{TRY(environment.take("notification"))};
    return device;
}

}  // namespace driver
