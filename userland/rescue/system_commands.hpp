// The commands about the machine and its processes.
#pragma once
#include "userland/rescue/command.hpp"

namespace rescue {

ExitStatus echo(Session& session, CommandLine const& line, Output& output);
ExitStatus list_processes(Session& session, CommandLine const& line, Output& output);
ExitStatus list_visits(Session& session, CommandLine const& line, Output& output);
ExitStatus kill(Session& session, CommandLine const& line, Output& output);
ExitStatus run_session(Session& session, CommandLine const& line, Output& output);
ExitStatus log_in(Session& session, CommandLine const& line, Output& output);
ExitStatus show_memory(Session& session, CommandLine const& line, Output& output);
ExitStatus show_uptime(Session& session, CommandLine const& line, Output& output);
ExitStatus leave(Session& session, CommandLine const& line, Output& output);
ExitStatus reboot(Session& session, CommandLine const& line, Output& output);
ExitStatus shut_down(Session& session, CommandLine const& line, Output& output);

}  // namespace rescue
