#include "servers/posix/process_texts.hpp"
#include "lib/sys/line.hpp"
#include "servers/posix/console_line.hpp"
#include "servers/posix/process.hpp"
#include "servers/posix/system_tree.hpp"

namespace posix {
namespace {

constexpr std::uint64_t bytes_per_kib = 1024;

// As makedev(): of the terminal that controls the process's session; 0: none does.
unsigned terminal_device(Service& service, TerminalCore const* terminal)
{
    if (terminal == nullptr)
        return 0;
    auto const device =
        SystemTree{service, server_number}.attributes(place_of(service, *terminal)).device;
    return static_cast<unsigned>((device >> 32) << 8 | (device & 0xff));
}

ProcessNumber foreground_of(TerminalCore const* terminal)
{
    return terminal == nullptr ? -1 : terminal->foreground().value_or(-1);
}

// proc(5), /proc/pid/stat. Fields that Baton has no figure for are 0.
void write_stat(Service& service, Process const& process, std::string& text)
{
    auto const facts = process.facts();
    auto const& member = process.membership();
    auto const ticks = to_clock_ticks(service, facts.cycles);
    text += sys::Line{process.number(),
                      " (",
                      process.name(),
                      ") ",
                      facts.state,
                      " ",
                      process.parent(),
                      " ",
                      member.group,
                      " ",
                      member.session,
                      " ",
                      terminal_device(service, member.terminal),
                      " ",
                      foreground_of(member.terminal),
                      " 0 0 0 0 0 ",
                      ticks,
                      " 0 ",
                      to_clock_ticks(service, facts.children_cycles),
                      " 0 20 0 "}
                .view();
    text += sys::Line{facts.threads, " 0 ", facts.start_ticks,           " ",
                      facts.bytes,   " ",   facts.bytes / abi::page_size}
                .view();
    for (int field = 25; field <= 52; ++field)
        text += " 0";
    text += "\n";
}

void write_pages(Service&, Process const& process, std::string& text)
{
    auto const pages = process.facts().bytes / abi::page_size;
    text += sys::Line{pages, " ", pages, " 0 0 0 ", pages, " 0\n"}.view();
}

char const* state_name(char state)
{
    switch (state) {
    case 'R':
        return "R (running)";
    case 'T':
        return "T (stopped)";
    case 'Z':
        return "Z (zombie)";
    default:
        return "S (sleeping)";
    }
}

void write_status(Service&, Process const& process, std::string& text)
{
    auto const facts = process.facts();
    auto const kib = facts.bytes / bytes_per_kib;
    text += sys::Line{"Name:\t",   process.name(),   "\nState:\t", state_name(facts.state),
                      "\nTgid:\t", process.number(), "\nPid:\t",   process.number(),
                      "\nPPid:\t", process.parent(), "\nUid:\t",   facts.user,
                      "\t",        facts.user,       "\t",         facts.user,
                      "\t",        facts.user,       "\n"}
                .view();
    text += sys::Line{"Gid:\t",
                      facts.group,
                      "\t",
                      facts.group,
                      "\t",
                      facts.group,
                      "\t",
                      facts.group,
                      "\nVmSize:\t ",
                      kib,
                      " kB\nVmRSS:\t ",
                      kib,
                      " kB\n",
                      "Threads:\t",
                      facts.threads,
                      "\n"}
                .view();
}

void write_name(Service&, Process const& process, std::string& text)
{
    text += process.name();
    text += '\n';
}

void write_command_line(Service&, Process const& process, std::string& text)
{
    text += process.command_line();
}

// Where its slices spent their time, in milliseconds: "fs 1200". The kernel samples that.
void write_visits(Service& service, Process const& process, std::string& text)
{
    auto const facts = process.facts();
    for (abi::Visit const& visit : facts.visits) {
        if (visit.ticks == 0)
            return;
        auto const server = service.names.name(visit.process);
        std::string_view const name = visit.process == facts.kernel_number ? process.name()
                                      : server                             ? *server
                                                                           : "others";
        text += sys::Line{name, " ", visit.ticks / sys::milliseconds(1), "\n"}.view();
    }
}

// One that ended since the file was opened has nothing to tell.
template <void (*write)(Service&, Process const&, std::string&)>
void of_process(Service& service, ProcessNumber number, std::string& text)
{
    Process const* const process = service.processes.find(number);
    if (process != nullptr)
        write(service, *process, text);
}

constexpr ProcessText rows[] = {
    {"cmdline", of_process<write_command_line>},
    {"comm", of_process<write_name>},
    {"stat", of_process<write_stat>},
    {"statm", of_process<write_pages>},
    {"status", of_process<write_status>},
    {"visits", of_process<write_visits>},
};

}  // namespace

std::span<ProcessText const> process_texts() { return rows; }

}  // namespace posix
