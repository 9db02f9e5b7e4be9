#include "lib/serial/serve.hpp"
#include "lib/serial/console_server.hpp"
#include "lib/sys/pool.hpp"

namespace serial {

Result<> serve(sys::Environment& environment, driver::Device const& device, Line& line)
{
    ConsoleServer server{device, line};
    auto pool = TRY(sys::Pool::create());
    TRY(pool.add_workers(1));
    TRY(pool.bind(device.notification(), server));
    line.start();
    TRY(device.complete_interrupt());

    auto endpoint = TRY(pool.endpoint(server));
    TRY(environment.publish("console", std::move(endpoint)));
    sys::stay();
}

}  // namespace serial
