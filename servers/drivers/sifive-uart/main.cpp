// The driver of one of SiFive's UARTs, served as a Console.
#include "lib/serial/serve.hpp"
#include "lib/sys/run.hpp"
#include "servers/drivers/sifive-uart/sifive_uart.hpp"

static Result<> drive_uart(sys::Environment& environment)
{
    auto device = TRY(driver::Device::create(environment));
    auto uart = TRY(SifiveUart::create(device.registers(), device.parameters()));
    return serial::serve(environment, device, uart);
}

int main(int argument_count, char** arguments)
{
    return sys::run(drive_uart, argument_count, arguments);
}
