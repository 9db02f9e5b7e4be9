#include "userland/rescue/shell.hpp"
#include "userland/rescue/command.hpp"
#include "userland/rescue/file_output.hpp"
#include "userland/rescue/path.hpp"
#include "userland/rescue/run_program.hpp"

namespace rescue {
namespace {

struct Target {
    File file;
    std::uint64_t offset{};
};

Result<Target> open_target(Session const& session, CommandLine const& line)
{
    if (!session.root)
        return fail(Status::not_found);
    bool const append = line.redirection() == Redirection::append;
    File file = TRY(session.root.open(below_root(line.redirection_target()),
                                      append ? OpenMode::create : OpenMode::truncate));
    std::uint64_t size = 0;
    if (append)
        size = TRY(file.attributes()).size;
    return Target{std::move(file), size};
}

ExitStatus run_redirected(Session& session, Command const& command, CommandLine const& line)
{
    auto target = open_target(session, line);
    if (!target)
        return session.complain(line.name(), line.redirection_target(), target.error());
    FileOutput output{std::move(target->file), target->offset};
    ExitStatus const status = command.run(session, line, output);
    if (auto const finished = output.finish(); !finished)
        return session.complain(line.name(), line.redirection_target(), finished.error());
    return status;
}

ExitStatus run_command(Session& session, Command const& command, CommandLine const& line)
{
    if (line.argument_count() < command.fewest_arguments ||
        line.argument_count() > command.most_arguments) {
        sys::Line const usage{"usage: ", command.name, " ", command.parameters};
        return session.complain(line.name(), "", usage.view());
    }
    if (command.needs_files && !session.root)
        return session.complain(line.name(), "", "no disk is there");
    if (line.redirection() != Redirection::none)
        return run_redirected(session, command, line);
    return command.run(session, line, session.terminal);
}

ExitStatus run(Session& session, CommandLine const& line)
{
    if (Command const* const command = find_command(line.name()))
        return run_command(session, *command, line);
    return run_program(session, line);
}

}  // namespace

Result<> Shell::run()
{
    while (!session_.leaving) {
        report_jobs(session_);
        session_.terminal.show("baton$ ");
        TRY(read_line());
        history_.add(editor_.line());
        run_line(editor_.line());
    }
    return session_.terminal.finish();
}

// An interrupted line is an empty one.
Result<> Shell::read_line()
{
    editor_.start();
    for (;;) {
        char const byte = TRY(session_.terminal.read());
        switch (editor_.take(byte)) {
        case LineEditor::Outcome::editing:
            continue;
        case LineEditor::Outcome::entered:
            return {};
        case LineEditor::Outcome::interrupted:
            editor_.start();
            return {};
        case LineEditor::Outcome::end_of_input:
            (void)session_.terminal.write("shutdown leaves\n");
            return {};
        }
    }
}

// One command after the other. What cannot be understood or was interrupted ends the line.
void Shell::run_line(std::string_view text)
{
    session_.interrupted = false;
    while (!text.empty() && !session_.leaving && !session_.interrupted) {
        sys::Line const last_status{session_.last_status};
        auto const line = CommandLine::parse(text, last_status.view());
        if (!line) {
            session_.last_status = session_.complain("shell", "", line.error());
            return;
        }
        if (!line->empty())
            session_.last_status = rescue::run(session_, *line);
        text = line->rest();
    }
}

}  // namespace rescue
