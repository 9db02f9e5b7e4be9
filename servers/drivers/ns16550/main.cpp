// The driver of one 16550, served as a Console.
#include "lib/serial/serve.hpp"
#include "lib/sys/run.hpp"
#include "servers/drivers/ns16550/uart.hpp"

static Result<> drive_uart(sys::Environment& environment)
{
    auto device = TRY(driver::Device::create(environment));
    auto uart = TRY(Uart::create(device.registers(), device.parameters()));
    return serial::serve(environment, device, uart);
}

int main(int argument_count, char** arguments)
{
    return sys::run(drive_uart, argument_count, arguments);
}
