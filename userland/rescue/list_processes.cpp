// ps and where: who lives, on what memory, and on whose time; and where the time of each one went.
#include "lib/sys/cycle_rate.hpp"
#include "userland/rescue/system_commands.hpp"

namespace rescue {
namespace {

Result<> print_row(Output& output, Books const& row, std::uint64_t cycles_per_ms)
{
    auto const ms = [&](std::uint64_t cycles) { return cycles / cycles_per_ms; };
    return output.print(sys::Padded{row.id, 4}, "  ", sys::LeftAligned{row.name, 16},
                        sys::Padded{row.used_bytes / 1024, 9},
                        sys::Padded{row.quota_bytes / 1024, 10}, sys::Padded{row.threads, 8},
                        sys::Padded{ms(row.own_cycles), 9}, sys::Padded{ms(row.lent_cycles), 9},
                        "\n");
}

// After "123 shell": "shell 40, fs 1200", the most in one line.
Result<> print_visits(Session const& session, Output& output, Books const& row)
{
    TRY(output.print(sys::Padded{row.id, 4}, "  ", sys::LeftAligned{row.name, 16}));
    for (std::uint32_t place = 0;; ++place) {
        auto const visit = session.loader.visit(row.id, place);
        if (!visit)
            return output.write("\n");
        std::string_view const name = visit->name.empty() ? "others" : visit->name;
        TRY(output.print(place == 0 ? "" : ", ", name, " ", visit->ticks / sys::milliseconds(1)));
    }
}

}  // namespace

ExitStatus list_visits(Session& session, CommandLine const& line, Output& output)
{
    auto printed = output.write("  id  name            ms in\n");
    for (std::uint32_t index = 1; printed; ++index) {
        auto const row = session.loader.books(index);
        if (!row && row.error() == Status::not_found)
            return 0;
        if (!row)
            return session.complain(line.name(), "", row.error());
        printed = print_visits(session, output, *row);
    }
    return 1;
}

ExitStatus list_processes(Session& session, CommandLine const& line, Output& output)
{
    std::uint64_t const cycles_per_ms = sys::measure_cycles_per_millisecond();
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
