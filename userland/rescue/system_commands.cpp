#include "userland/rescue/system_commands.hpp"
#include "lib/sys/clock.hpp"
#include <charconv>

namespace rescue {

ExitStatus echo(Session&, CommandLine const& line, Output& output)
{
    bool const newline = line.argument_count() == 0 || line.argument(0) != "-n";
    for (std::size_t i = newline ? 0 : 1; i < line.argument_count(); ++i) {
        bool const last = i + 1 == line.argument_count();
        if (!output.write(line.argument(i)) || (!last && !output.write(" ")))
            return 1;
    }
    return !newline || output.write("\n") ? 0 : 1;
}

// The number that the whole text is, or 0.
static std::uint32_t number_in(std::string_view text)
{
    std::uint32_t number = 0;
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    bool const is_number = parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size();
    return is_number ? number : 0;
}

// init knows the programs of the system by name, this shell its own by number.
ExitStatus kill(Session& session, CommandLine const& line, Output&)
{
    std::string_view const text = line.argument(0);
    std::uint32_t const id = number_in(text);
    Job* const job = id != 0 ? session.jobs.find(id) : nullptr;
    if (job == nullptr && (id != 0 || !session.programs))
        return session.complain(line.name(), text, "no background program of this shell");
    auto const killed = job != nullptr ? job->child.kill() : session.programs.end(text);
    return killed ? 0 : session.complain(line.name(), text, killed.error());
}

// A status as wait() reports it becomes one as shells do.
static ExitStatus status_of(std::uint32_t waited)
{
    constexpr ExitStatus killed = 128;
    auto const signal = static_cast<ExitStatus>(waited & 0x7f);
    return signal == 0 ? static_cast<ExitStatus>(waited >> 8 & 0xff) : killed + signal;
}

// The program's name comes first.
static ExitStatus run(Session& session, CommandLine const& line,
                      std::span<std::string_view const> arguments)
{
    if (!session.processes)
        return session.complain(line.name(), "", "there is no server for POSIX processes");
    (void)session.terminal.finish();  // what is ours comes before what is the program's
    auto const status = session.processes.run(arguments.front(), arguments);
    if (status)
        return status_of(*status);
    bool const server_ended =
        status.error() == Status::peer_died || status.error() == Status::restarted;
    if (server_ended)
        return session.complain(
            line.name(), "", "the server for POSIX processes has ended, and with it all of them");
    return session.complain(line.name(), arguments.front(), status.error());
}

ExitStatus run_session(Session& session, CommandLine const& line, Output&)
{
    std::array<std::string_view, CommandLine::max_words> arguments;
    for (std::size_t i = 0; i < line.argument_count(); ++i)
        arguments[i] = line.argument(i);
    return run(session, line, std::span{arguments}.first(line.argument_count()));
}

ExitStatus log_in(Session& session, CommandLine const& line, Output&)
{
    static constexpr std::array<std::string_view, 1> arguments{"/bin/login"};
    return run(session, line, arguments);
}

ExitStatus show_memory(Session& session, CommandLine const& line, Output& output)
{
    auto const memory = session.loader.memory();
    if (!memory)
        return session.complain(line.name(), "", memory.error());
    auto const printed =
        output.print(memory->total / 1024, " KiB of memory, ", memory->free / 1024, " KiB free, ",
                     memory->kernel / 1024, " KiB the kernel's image\n");
    return printed ? 0 : 1;
}

ExitStatus show_uptime(Session&, CommandLine const&, Output& output)
{
    std::uint64_t const milliseconds = sys::now() / (sys::start_info().timebase_hz / 1000);
    auto const printed =
        output.print(milliseconds / 1000, ".", sys::Padded{milliseconds % 1000, 3, '0'}, " s\n");
    return printed ? 0 : 1;
}

ExitStatus leave(Session& session, CommandLine const&, Output&)
{
    session.leaving = true;
    return 0;
}

// Unwritten data would be lost, so a disk that cannot be written keeps the machine running.
static bool settle_disk(Session& session, CommandLine const& line)
{
    if (!session.root)
        return true;
    auto const settled = session.volumes ? session.volumes.freeze() : session.root.sync();
    if (!settled)
        session.complain(line.name(), "the disk", settled.error());
    return settled.has_value();
}

ExitStatus reboot(Session& session, CommandLine const& line, Output&)
{
    if (!settle_disk(session, line))
        return 1;
    (void)session.terminal.finish();
    auto const done = session.power.reboot();
    return done ? 0 : session.complain(line.name(), "", done.error());
}

ExitStatus shut_down(Session& session, CommandLine const& line, Output&)
{
    if (!settle_disk(session, line))
        return 1;
    (void)session.terminal.finish();
    auto const done = session.power.off();
    if (!done && done.error() == Status::not_supported)
        return session.complain(line.name(), "",
                                "this machine cannot switch itself off; all is written, switch it "
                                "off by hand, or `reboot`");
    return done ? 0 : session.complain(line.name(), "", done.error());
}

}  // namespace rescue
