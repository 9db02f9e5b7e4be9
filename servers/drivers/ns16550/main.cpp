// The driver of the serial line: one 16550, served as a Console.
#include "lib/sys/pool.hpp"
#include "lib/sys/run.hpp"
#include "servers/drivers/ns16550/console_server.hpp"

static Result<> drive_uart(sys::Environment& environment)
{
    auto device = TRY(driver::Device::create(environment));
    auto uart = TRY(Uart::create(device.registers(), device.parameters()));

    ConsoleServer server{device, uart};
    auto pool = TRY(sys::Pool::create());
    TRY(pool.add_workers(1));
    TRY(pool.bind(device.notification(), server));
    uart.start();
    TRY(device.complete_interrupt());

    auto endpoint = TRY(pool.endpoint(server));
    TRY(environment.publish("console", std::move(endpoint)));
    sys::stay();
}

int main(int argument_count, char** arguments)
{
    return sys::run(drive_uart, argument_count, arguments);
}
