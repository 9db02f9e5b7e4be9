// The disk driver: one virtio disk, served as a BlockDevice.
//
// It starts the device from reset, whatever state a predecessor left it in. Its device, its service
// and its client are in platform/<board>/system.capnp.
#include "lib/sys/log.hpp"
#include "lib/sys/pool.hpp"
#include "lib/sys/run.hpp"
#include "servers/drivers/virtio-blk/block_server.hpp"
#include <memory>

static void log_geometry(DiskGeometry const& disk)
{
    sys::log(disk.sector_count * layout::sector_bytes >> 10, " KiB in blocks of ", disk.block_bytes,
             disk.read_only ? ", read-only" : "", disk.can_flush ? "" : ", without flush");
}

static Result<> drive_disk(sys::Environment& environment)
{
    auto device = TRY(driver::Device::create(environment));
    auto dma = TRY(driver::Dma::create(environment));
    Disk disk{driver::virtio::Transport{device.registers()}, dma.memory()};
    TRY(disk.start());
    log_geometry(disk.geometry());

    auto server = std::make_unique<BlockServer>(device, dma, disk);  // too large for the stack
    auto pool = TRY(sys::Pool::create());
    TRY(pool.add_workers(1));
    TRY(pool.bind(device.notification(), *server));
    TRY(device.complete_interrupt());
    auto endpoint = TRY(pool.endpoint(*server));
    TRY(environment.publish("disk", std::move(endpoint)));
    sys::stay();
}

int main(int argument_count, char** arguments)
{
    return sys::run(drive_disk, argument_count, arguments);
}
