// Runs programs from the disk.
#pragma once
#include "userland/rescue/command_line.hpp"
#include "userland/rescue/session.hpp"

namespace rescue {

// Starts the program that the line names and, unless it goes to the background, waits for its end.
ExitStatus run_program(Session& session, CommandLine const& line);

// Says which background programs have ended since the last time.
void report_jobs(Session& session);

}  // namespace rescue
