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

// From the row with that index on; the header has been printed.
template <class Print>
ExitStatus list_rows(Session const& session, CommandLine const& line, Result<> printed,
                     std::uint32_t first, Print const& print)
{
    for (std::uint32_t index = first; printed; ++index) {
        auto const row = session.loader.books(index);
        if (!row && row.error() == Status::not_found)
            return 0;
        if (!row)
            return session.complain(line.name(), "", row.error());
        printed = print(*row);
    }
    return 1;
}

}  // namespace

ExitStatus list_visits(Session& session, CommandLine const& line, Output& output)
{
    constexpr std::uint32_t behind_kernel = 1;
    return list_rows(session, line, output.write("  id  name            ms in\n"), behind_kernel,
                     [&](Books const& row) { return print_visits(session, output, row); });
}

ExitStatus list_processes(Session& session, CommandLine const& line, Output& output)
{
    std::uint64_t const cycles_per_ms = sys::measure_cycles_per_millisecond();
    auto const header =
        output.write("  id  name              use KiB quota KiB threads   own ms  lent ms\n");
    return list_rows(session, line, header, 0,
                     [&](Books const& row) { return print_row(output, row, cycles_per_ms); });
}

}  // namespace rescue
