// The entropy driver: one virtio entropy device, served as the Random "random".
#include "lib/sys/log.hpp"
#include "lib/sys/pool.hpp"
#include "lib/sys/run.hpp"
#include "servers/drivers/virtio-rng/random_server.hpp"

static Result<> drive_source(sys::Environment& environment)
{
    auto const device = TRY(driver::Device::create(environment));
    auto const dma = TRY(driver::Dma::create(environment));
    EntropySource source{driver::virtio::Transport{device.registers()}, dma.memory()};
    TRY(source.start());

    RandomServer server{device, source};
    auto const pool = TRY(sys::Pool::create());
    TRY(pool.add_workers(1));
    TRY(pool.bind(device.notification(), server));
    TRY(device.complete_interrupt());
    auto endpoint = TRY(pool.endpoint(server));
    TRY(environment.publish("random", std::move(endpoint)));
    sys::log("ready");
    sys::stay();
}

int main(int argument_count, char** arguments)
{
    return sys::run(drive_source, argument_count, arguments);
}
