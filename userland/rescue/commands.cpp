#include "userland/rescue/command.hpp"
#include "userland/rescue/file_commands.hpp"
#include "userland/rescue/system_commands.hpp"

namespace rescue {

static constexpr std::size_t any = CommandLine::max_words;

static ExitStatus help(Session&, CommandLine const&, Output& output)
{
    for (Command const& command : commands()) {
        sys::Line const usage{command.name, " ", command.parameters};
        if (!output.print("  ", sys::LeftAligned{usage.view(), 22}, command.summary, "\n"))
            return 1;
    }
    auto const printed = output.print(
        "Anything else is a program: a path, or a name in /bin. > FILE and >> FILE take a\n"
        "command's output, & runs a program in the background, ^C ends one in the foreground, $?\n"
        "is the last status.\n");
    return printed ? 0 : 1;
}

static constexpr Command table[] = {
    {"help", "", "this list", 0, 0, false, help},
    {"ls", "[-l] [PATH...]", "list directories", 0, any, true, list_files},
    {"cat", "FILE...", "print files", 1, any, true, print_files},
    {"echo", "[TEXT...]", "print the arguments", 0, any, false, echo},
    {"cp", "FROM TO", "copy a file", 2, 2, true, copy_file},
    {"mv", "FROM TO", "rename or move", 2, 2, true, move_file},
    {"rm", "FILE...", "remove files", 1, any, true, remove_files},
    {"mkdir", "PATH...", "make directories", 1, any, true, make_directories},
    {"rmdir", "PATH...", "remove empty directories", 1, any, true, remove_directories},
    {"df", "", "space on the disk", 0, 0, true, show_volume},
    {"sync", "", "write back what is cached", 0, 0, true, sync_files},
    {"ps", "", "processes: memory, own and lent CPU time", 0, 0, false, list_processes},
    {"where", "", "in which processes the time of each one goes", 0, 0, false, list_visits},
    {"kill", "ID|NAME", "end a background program, or one of the system's", 1, 1, false, kill},
    {"posix", "PATH [ARG...]", "run a program in a POSIX session of its own", 1, any, true,
     run_session},
    {"login", "", "log in to a POSIX session", 0, 0, false, log_in},
    {"free", "", "memory of the machine", 0, 0, false, show_memory},
    {"uptime", "", "time since the start", 0, 0, false, show_uptime},
    {"exit", "", "begin anew: init starts another shell", 0, 0, false, leave},
    {"reboot", "", "start again", 0, 0, false, reboot},
    {"shutdown", "", "write back what is cached and power off", 0, 0, false, shut_down},
};

std::span<Command const> commands() { return table; }

Command const* find_command(std::string_view name)
{
    for (Command const& command : table)
        if (command.name == name)
            return &command;
    return nullptr;
}

}  // namespace rescue
