// A command of the shell's own.
#pragma once
#include "userland/rescue/command_line.hpp"
#include "userland/rescue/output.hpp"
#include "userland/rescue/session.hpp"

namespace rescue {

struct Command {
    std::string_view name;
    std::string_view parameters;
    std::string_view summary;
    std::size_t fewest_arguments{};
    std::size_t most_arguments{};
    bool needs_files{};
    ExitStatus (*run)(Session& session, CommandLine const& line, Output& output);
};

// All of them, in the order of `help`.
std::span<Command const> commands();

Command const* find_command(std::string_view name);

}  // namespace rescue
