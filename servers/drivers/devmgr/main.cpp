// The device manager: finds devices and gives init what their drivers need.
//
// It is the only program with the right to make device memory, interrupts and DMA spaces, and init
// is its only client: what a driver gets is in platform/<board>/system.capnp.
#include "lib/sys/log.hpp"
#include "lib/sys/run.hpp"
#include "servers/drivers/devmgr/device_server.hpp"

static Result<> manage_devices(sys::Environment& environment)
{
    auto root = TRY(environment.take("devices"));
    sys::Memory tree_memory{TRY(environment.take("deviceTree"))};
    auto tree_bytes = TRY(tree_memory.map(sys::protect_read));
    auto tree = TRY(device_tree::Tree::parse(tree_bytes.bytes()));

    sys::log("no IOMMU: a driver that uses DMA is trusted with all memory");
    DeviceServer server{root, tree};
    return environment.serve("devices", server);
}

int main(int argument_count, char** arguments)
{
    return sys::run(manage_devices, argument_count, arguments);
}
