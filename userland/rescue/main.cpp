// rescue: the shell that is always there. It needs a console and the loader; without a disk its
// commands about files say so.
#include "lib/sys/log.hpp"
#include "lib/sys/run.hpp"
#include "userland/rescue/shell.hpp"

namespace {

constexpr std::uint64_t copy_buffer_pages = 64;

Result<> run_shell(sys::Environment& environment)
{
    rescue::Terminal terminal{TRY(environment.connect<Console>("console"))};
    auto loader = TRY(environment.connect<Loader>("loader"));
    auto power = TRY(environment.connect<Power>("power"));
    auto const memory = TRY(sys::Memory::create(copy_buffer_pages));
    auto const buffer = TRY(memory.map());

    auto events = TRY(sys::Notification::create());

    rescue::Session session{.terminal = terminal,
                            .root = {},
                            .volumes = {},
                            .loader = std::move(loader),
                            .power = std::move(power),
                            .programs = {},
                            .processes = {},
                            .events = std::move(events),
                            .buffer = buffer.bytes()};
    if (auto root = environment.connect<Directory>("root"))
        session.root = *std::move(root);
    else
        sys::log("no disk: commands about files will say so");

    if (auto volumes = environment.connect<Volumes>("volumes"))
        session.volumes = *std::move(volumes);

    if (auto programs = environment.connect<Programs>("programs"))
        session.programs = *std::move(programs);

    if (auto processes = environment.connect<PosixSystem>("processes"))
        session.processes = *std::move(processes);

    sys::log("ready; leave with `shutdown`, or Ctrl-A X");
    rescue::Shell shell{session};
    return shell.run();
}

}  // namespace

int main() { return sys::run(run_shell); }
