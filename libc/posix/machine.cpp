#include "libc/posix/machine.hpp"
#include "libc/posix/door.hpp"
#include "libc/sys/errno.hpp"
#include <algorithm>
#include <errno.h>
#include <sys/sysinfo.h>

namespace posix {

namespace {

Result<Machine> ask()
{
    auto const server = TRY(door());
    return server->machine();
}

}  // namespace

long machine_information(libc::Arguments const& arguments)
{
    constexpr std::uint64_t nanoseconds_per_second = 1'000'000'000;
    auto const machine = ask();
    if (!machine)
        return -libc::to_errno(machine.error());
    auto& result = *libc::pointer<struct sysinfo>(arguments[0]);
    result = {};
    result.uptime = machine->since_start / nanoseconds_per_second;
    std::ranges::fill(result.loads, machine->busy_harts);
    result.totalram = machine->total_bytes;
    result.freeram = machine->free_bytes;
    result.procs = static_cast<unsigned short>(machine->processes);
    result.mem_unit = 1;
    return 0;
}

long get_harts(libc::Arguments const& arguments)
{
    auto const [thread, bytes, mask, unused4, unused5, unused6] = arguments;
    auto const machine = ask();
    if (!machine)
        return -libc::to_errno(machine.error());
    constexpr long word_bytes = sizeof(std::uint64_t);
    if (bytes < word_bytes || bytes % word_bytes != 0)
        return -EINVAL;
    *libc::pointer<std::uint64_t>(mask) = (std::uint64_t{1} << machine->harts % 64) - 1;
    return word_bytes;
}

}  // namespace posix
