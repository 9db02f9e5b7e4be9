// donation-cold FILE NEW: reads FILE, which nobody has read since the system was started, then
// writes as much to NEW and syncs it. Logs how the time in the file server and in the disk's driver
// divides into their own and what was lent to them. Then it powers the machine off.
#include "generated/interfaces/file.hpp"
#include "lib/sys/environment.hpp"
#include "lib/sys/syscalls.hpp"
#include "tests/donation/power_off.hpp"
#include "tests/donation/splits.hpp"
#include <algorithm>
#include <array>

namespace {

constinit std::array<std::byte, 64 * 1024> buffer{};

template <class Operation>
Result<> measure(Loader const& loader, std::string_view what, Operation const& operation)
{
    Splits const before = TRY(Splits::now(loader));
    TRY(operation());
    Splits const after = TRY(Splits::now(loader));
    Splits::log(what, before, after);
    return {};
}

Result<std::uint64_t> read_whole(File const& file)
{
    for (std::uint64_t offset = 0;;) {
        std::uint32_t const count = TRY(file.read(offset, buffer));
        if (count == 0)
            return offset;
        offset += count;
    }
}

Result<> write_and_sync(File const& file, std::uint64_t size)
{
    for (std::uint64_t offset = 0; offset < size;) {
        std::uint64_t const left = std::min(size - offset, buffer.size());
        offset += TRY(file.write(offset, std::span{buffer}.first(left)));
    }
    return file.sync();
}

Result<> measure_all(sys::Environment& environment)
{
    auto const arguments = environment.arguments();
    if (arguments.size() != 2)
        return fail(Status::bad_argument);
    auto const root = TRY(environment.connect<Directory>("root"));
    auto const loader = TRY(environment.connect<Loader>("loader"));
    auto const file = TRY(root.open(arguments[0], OpenMode::existing));

    std::uint64_t size = 0;
    auto const read = [&]() -> Result<> {
        size = TRY(read_whole(file));
        return {};
    };
    TRY(measure(loader, "read", read));
    sys::log("DONATION bytes ", size);
    auto const made = TRY(root.open(arguments[1], OpenMode::exclusive));
    TRY(measure(loader, "write", [&] { return write_and_sync(made, size); }));
    return root.sync();
}

}  // namespace

int main(int argument_count, char** arguments)
{
    return run_and_power_off(measure_all, argument_count, arguments);
}
