// For a measurement that has the machine to itself: it ends with the machine powered off, with a
// failure status if it failed.
#pragma once
#include "lib/sys/log.hpp"
#include "lib/sys/run.hpp"
#include "lib/sys/syscalls.hpp"

template <class Measurement>
int run_and_power_off(Measurement const& measure, int argument_count, char** arguments)
{
    auto const body = [&](sys::Environment& environment) -> Result<> {
        auto const power = TRY(environment.take("power"));
        Result<> const measured = measure(environment);
        if (!measured)
            sys::log("failed: ", to_string(measured.error()));
        return sys::power(power.value(), measured ? abi::PowerAction::off : abi::PowerAction::fail);
    };
    return sys::run(body, argument_count, arguments);
}
