#include "userland/rescue/run_program.hpp"
#include "lib/sys/exception_name.hpp"
#include "lib/sys/start_info.hpp"
#include "userland/rescue/path.hpp"
#include <algorithm>

namespace rescue {
namespace {

// As other systems number them, so that scripts mean the same.
constexpr ExitStatus cannot_run = 126;
constexpr ExitStatus no_such_command = 127;
constexpr ExitStatus was_killed = 137;
constexpr ExitStatus had_exception = 139;

constexpr std::uint64_t smallest_quota = 1 << 20;
constexpr std::uint64_t largest_quota = 64 << 20;

// Half of what the shell has left, so that more than one program can run.
Result<std::uint64_t> quota_for_child()
{
    auto const info = TRY(sys::process_info(sys::own_process));
    std::uint64_t const half = (info.quota_bytes - info.used_bytes) / 2;
    return std::clamp(half, smallest_quota, largest_quota) & ~(abi::page_size - 1);
}

// A path is opened as it is, a name in /bin.
Result<File> open_program(Directory const& root, std::string_view name)
{
    if (name.find('/') != name.npos)
        return root.open(below_root(name), OpenMode::existing);
    sys::Line const path{"bin/", name};
    return root.open(path.view(), OpenMode::existing);
}

Result<Child> start(Session& session, CommandLine const& line, File file)
{
    std::array<std::string_view, CommandLine::max_words> arguments;
    for (std::size_t i = 0; i < line.argument_count(); ++i)
        arguments[i] = line.argument(i);
    auto payer = TRY(sys::duplicate(sys::start_info().process));
    std::uint64_t const quota = TRY(quota_for_child());
    return session.loader.start(std::move(file), line.name(),
                                std::span{arguments}.first(line.argument_count()),
                                Process{std::move(payer)}, quota);
}

bool could_not_start(End const& end)
{
    return end.reason == EndReason::exited && end.exit_code >= start_failure;
}

ExitStatus status_of(End const& end)
{
    switch (end.reason) {
    case EndReason::exited:
        return could_not_start(end) ? cannot_run : static_cast<ExitStatus>(end.exit_code);
    case EndReason::exception:
        return had_exception;
    default:
        return was_killed;
    }
}

// How a program ended, in words; nothing for one that ended well.
sys::Line describe(End const& end)
{
    switch (end.reason) {
    case EndReason::exited:
        if (could_not_start(end))
            return sys::Line{to_string(static_cast<Status>(end.exit_code - start_failure))};
        return end.exit_code == 0 ? sys::Line{} : sys::Line{"exit status ", end.exit_code};
    case EndReason::exception:
        return sys::Line{"killed: ",
                         end.out_of_memory ? "out of memory: " : "",
                         sys::exception_name(end.cause),
                         " at pc ",
                         sys::Hex{end.pc},
                         ", address ",
                         sys::Hex{end.address}};
    default:
        return sys::Line{"killed"};
    }
}

constexpr std::uint64_t typed_interrupt = 1 << 0;  // as Console::interrupt_on says
constexpr std::uint64_t child_ended = 1 << 1;

Result<Notification> copy_for_signals(sys::Notification const& events)
{
    return Notification{TRY(sys::duplicate(events.handle(), sys::rights(abi::Right::signal)))};
}

Result<> interrupt_on_events(Session const& session)
{
    Result<> done = fail(Status::restarted);
    while (!done && done.error() == Status::restarted) {
        auto for_console = TRY(copy_for_signals(session.events));
        done = session.terminal.interrupt_on(std::move(for_console));
    }
    return done;
}

// Until the child has ended; ^C ends it.
Result<End> wait_or_interrupt(Session& session, Child const& child)
{
    auto for_child = TRY(copy_for_signals(session.events));
    (void)TRY(session.events.poll());  // what is left of an earlier program
    TRY(interrupt_on_events(session));
    TRY(child.notify_end(std::move(for_child), child_ended));
    for (std::uint64_t events = 0; (events & child_ended) == 0;) {
        events = TRY(session.events.wait());
        if ((events & typed_interrupt) != 0) {
            session.interrupted = true;
            TRY(child.kill());
        }
    }
    auto const reset = session.terminal.interrupt_on({});
    if (!reset && reset.error() != Status::restarted)  // a new one has none to forget
        return fail(reset.error());
    return child.state();
}

ExitStatus wait_for(Session& session, std::string_view name, Child const& child)
{
    (void)session.terminal.finish();  // what is ours comes before what is the program's
    auto const end = wait_or_interrupt(session, child);
    if (!end)
        return session.complain(name, "", end.error());
    sys::Line const description = describe(*end);
    if (description.size() != 0)
        session.complain(name, "", description.view());
    return status_of(*end);
}

ExitStatus keep_in_background(Session& session, std::string_view name, Child child)
{
    auto const id = child.id();
    if (!id)
        return session.complain(name, "", id.error());
    if (auto const added = session.jobs.add(*id, name, std::move(child)); !added)
        return session.complain(name, "", "too many programs in the background");
    (void)session.terminal.print("[", *id, "] ", name, "\n");
    return 0;
}

}  // namespace

ExitStatus run_program(Session& session, CommandLine const& line)
{
    std::string_view const name = line.name();
    if (!session.root)
        return session.complain(name, "", "no such command, and no disk with programs is there"),
               no_such_command;
    if (line.redirection() != Redirection::none)
        return session.complain(name, "", "only the shell's own commands can be redirected"),
               cannot_run;

    auto file = open_program(session.root, name);
    if (!file && file.error() == Status::not_found && name.find('/') == name.npos)
        return session.complain(name, "", "no such command; help lists them"), no_such_command;
    if (!file)
        return session.complain(name, "", file.error()), cannot_run;

    auto child = start(session, line, *std::move(file));
    if (!child)
        return session.complain(name, "", child.error()), cannot_run;
    if (line.is_background())
        return keep_in_background(session, name, *std::move(child));
    return wait_for(session, name, *child);
}

void report_jobs(Session& session)
{
    for (Job& job : session.jobs) {
        if (job.id == 0)
            continue;
        auto const end = job.child.state();
        if (end && end->reason == EndReason::running)
            continue;
        sys::Line const description = end ? describe(*end) : sys::Line{to_string(end.error())};
        (void)session.terminal.print(
            "[", job.id, "] ", job.name.view(), ": ",
            description.size() == 0 ? std::string_view{"ended"} : description.view(), "\n");
        job = {};
    }
}

}  // namespace rescue
