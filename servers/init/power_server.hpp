// The service "power".
#pragma once
#include "generated/interfaces/init.hpp"
#include "lib/sys/syscalls.hpp"

namespace init {

class PowerServer final : public Power::Server {
public:
    explicit PowerServer(sys::HandleValue root) : root_{root} {}

    Result<> off() override { return sys::power(root_, abi::PowerAction::off); }
    Result<> reboot() override { return sys::power(root_, abi::PowerAction::reboot); }

private:
    sys::HandleValue root_;
};

}  // namespace init
