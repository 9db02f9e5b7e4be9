// init: the first program. It starts what the system manifest lists, with exactly the capabilities
// that are listed there, and lends itself to them as loader and power switch.
#include "lib/codec/message.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/run.hpp"
#include "servers/init/starter.hpp"
#include <memory>

namespace {

Result<> boot(sys::Environment& environment)
{
    auto root = TRY(environment.take("root"));
    auto device_tree = TRY(environment.take("device_tree"));
    auto archive_memory = TRY(environment.take("archive"));
    auto const archive = TRY(program::Archive::open(sys::Memory{std::move(archive_memory)}));

    auto const manifest = TRY(archive.find("system.bin"));
    auto const words = TRY(codec::words_of(manifest.content));
    auto const system = TRY(codec::read<System>(words));

    init::Rights const rights{root.release(), device_tree.release()};
    auto const starter = std::make_unique<init::Starter>(rights, archive);
    TRY(starter->begin(system));
    sys::stay();
}

}  // namespace

int main() { return sys::run(boot); }
