// ps: who lives, on what memory, and on whose time.
#include "lib/sys/clock.hpp"
#include "userland/rescue/system_commands.hpp"

namespace rescue {
namespace {

std::uint64_t cycle_counter()
{
    std::uint64_t cycles;
    asm volatile("rdcycle %0" : "=r"(cycles));
    return cycles;
}

struct Instant {
    sys::Ticks time{};
    std::uint64_t cycles{};
};

// Both counters at one moment: tried again when something came in between.
Instant read_counters()
{
    constexpr sys::Ticks close_enough = 20;
    constexpr int tries = 100;
    Instant instant;
    for (int i = 0; i < tries; ++i) {
        sys::Ticks const before = sys::now();
        instant.cycles = cycle_counter();
        instant.time = sys::now();
        if (instant.time - before <= close_enough)
            break;
    }
    return instant;
}

// Nothing says how fast `cycle` counts, so it is measured against `time`.
std::uint64_t cycles_in_a_millisecond()
{
    constexpr std::uint64_t measured_ms = 2;
    Instant const begin = read_counters();
    while (sys::now() < begin.time + sys::milliseconds(measured_ms)) {
    }
    Instant const end = read_counters();
    std::uint64_t const cycles = end.cycles - begin.cycles;
    return std::max<std::uint64_t>(cycles * sys::milliseconds(1) / (end.time - begin.time), 1);
}

Result<> print_row(Output& output, Books const& row, std::uint64_t cycles_per_ms)
{
    auto const ms = [&](std::uint64_t cycles) { return cycles / cycles_per_ms; };
    return output.print(sys::Padded{row.id, 4}, "  ", sys::LeftAligned{row.name, 16},
                        sys::Padded{row.used_bytes / 1024, 9},
                        sys::Padded{row.quota_bytes / 1024, 10}, sys::Padded{row.threads, 8},
                        sys::Padded{ms(row.own_cycles), 9}, sys::Padded{ms(row.lent_cycles), 9},
                        "\n");
}

}  // namespace

ExitStatus list_processes(Session& session, CommandLine const& line, Output& output)
{
    std::uint64_t const cycles_per_ms = cycles_in_a_millisecond();
    auto printed =
        output.write("  id  name              use KiB quota KiB threads   own ms  lent ms\n");
    for (std::uint32_t index = 0; printed; ++index) {
        auto const row = session.loader.books(index);
        if (!row && row.error() == Status::not_found)
            return 0;
        if (!row)
            return session.complain(line.name(), "", row.error());
        printed = print_row(output, *row, cycles_per_ms);
    }
    return 1;
}

}  // namespace rescue
