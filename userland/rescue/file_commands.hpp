// The commands about files. Each needs the session's root directory.
#pragma once
#include "userland/rescue/command.hpp"

namespace rescue {

ExitStatus list_files(Session& session, CommandLine const& line, Output& output);
ExitStatus print_files(Session& session, CommandLine const& line, Output& output);
ExitStatus copy_file(Session& session, CommandLine const& line, Output& output);
ExitStatus move_file(Session& session, CommandLine const& line, Output& output);
ExitStatus remove_files(Session& session, CommandLine const& line, Output& output);
ExitStatus make_directories(Session& session, CommandLine const& line, Output& output);
ExitStatus remove_directories(Session& session, CommandLine const& line, Output& output);
ExitStatus show_volume(Session& session, CommandLine const& line, Output& output);
ExitStatus sync_files(Session& session, CommandLine const& line, Output& output);

}  // namespace rescue
