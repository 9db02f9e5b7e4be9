// A driver that does what it must not; the argument says what.
#include "lib/driver/device.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/run.hpp"

namespace {

constexpr std::uint64_t serial_line = 0x1000'0000;  // somebody else's registers

// Stores behind its registers. Ends in a page fault.
Result<> store_beyond(sys::Environment& environment)
{
    auto device = TRY(driver::Device::create(environment));
    device.registers().store<std::uint32_t>(abi::page_size, 1);
    sys::log("stored behind the registers");
    return {};
}

// Whether some handle of this process is good for making device memory. Handles have a slot in
// their low bits, so this meets all that were ever made here.
bool can_reach_others()
{
    for (sys::HandleValue handle = 0; handle < 0x20000; ++handle)
        if (sys::device_memory_create(handle, serial_line, 1))
            return true;
    return false;
}

// Tries to get at other registers, then stores to where they are physically. Ends in a page fault.
Result<> reach_for_neighbour(sys::Environment& environment)
{
    auto registers = TRY(environment.take("registers"));
    auto two_pages = sys::map({.memory = registers.value(), .page_count = 2});
    auto next_page = sys::map({.memory = registers.value(), .first_page = 1, .page_count = 1});
    auto executable = sys::map({.memory = registers.value(),
                                .page_count = 1,
                                .protection = sys::protect_read | sys::protect_execute});
    bool refused = !two_pages && !next_page && !executable && !can_reach_others();
    sys::log(refused ? "everything was refused" : "reached other registers");
    driver::MmioRegion{serial_line}.store<std::uint8_t>(0, '!');
    sys::log("stored to other registers");
    return {};
}

[[noreturn]] Result<> run_for_ever()
{
    sys::log("runs for ever");
    for (std::uint64_t volatile count = 0;;)
        count = count + 1;
}

Result<> misbehave(sys::Environment& environment)
{
    std::string_view behaviour = environment.arguments().front();
    if (behaviour == "beyond")
        return store_beyond(environment);
    return behaviour == "neighbour" ? reach_for_neighbour(environment) : run_for_ever();
}

}  // namespace

int main(int argument_count, char** arguments)
{
    return sys::run(misbehave, argument_count, arguments);
}
