// A terminal's settings, and whose turn it is (POSIX, general terminal interface, 11.1).
#include "servers/posix/process.hpp"
#include "servers/posix/terminal_core.hpp"
#include "servers/posix/terminal_flags.hpp"

namespace posix {

void TerminalCore::begin_session(ProcessNumber session)
{
    session_ = foreground_ = session;
    discipline_.set_modes(TerminalModes::usual());
    device_.session_changed();
}

void TerminalCore::end_session()
{
    send_to_group(foreground_, posix::hang_up);
    session_ = foreground_ = 0;
    discipline_.drop_input();
    device_.session_changed();
}

// Who is not in the foreground is stopped, unless it does not mind such signals; then reading is an
// error. `waiter` is negative if it blocks them. Errors: interrupted (so that it notices), io_error
Result<> TerminalCore::check_turn(ProcessNumber waiter, Signal signal) const
{
    bool const blocks = waiter < 0;
    Process* const process = service_.processes.find(process_of(waiter));
    if (process == nullptr || session_ == 0 || process->membership().session != session_ ||
        process->membership().group == foreground_)
        return {};
    if (blocks || process->ignores(signal))
        return signal == terminal_input ? fail(Status::io_error) : Result<>{};
    if (service_.is_orphaned(process->membership()))  // nobody would make it go on
        return fail(Status::io_error);
    send_to_group(process->membership().group, signal);
    return fail(Status::interrupted);
}

Result<> TerminalCore::set_modes(TerminalModes const& modes, bool drop_input, ProcessNumber process)
{
    TRY(check_turn(process, terminal_output));
    if (drop_input)
        discipline_.drop_input();
    discipline_.set_modes(modes);
    advance();
    return {};
}

void TerminalCore::set_size(std::uint16_t rows, std::uint16_t columns)
{
    bool const is_new = rows != rows_ || columns != columns_;
    rows_ = rows;
    columns_ = columns;
    if (is_new)
        send(window_changed);
}

void TerminalCore::drop(bool input, bool output)
{
    if (input)
        discipline_.drop_input();
    if (output)
        output_.clear();
    advance();
}

Result<ProcessNumber> TerminalCore::foreground() const
{
    return session_ == 0 ? fail(Status::no_terminal) : Result<ProcessNumber>{foreground_};
}

bool TerminalCore::is_group_of_session(ProcessNumber group) const
{
    bool exists = false;
    service_.processes.for_each([&](Process const& each) {
        exists =
            exists || (each.membership().group == group && each.membership().session == session_);
    });
    return exists;
}

Result<> TerminalCore::set_foreground(ProcessNumber group, ProcessNumber process)
{
    Process const* const caller = service_.processes.find(process_of(process));
    if (caller == nullptr || session_ == 0 || caller->membership().session != session_)
        return fail(Status::no_terminal);
    TRY(check_turn(process, terminal_output));
    if (!is_group_of_session(group))
        return fail(Status::not_permitted);
    foreground_ = group;
    return {};
}

Result<> TerminalCore::control(ProcessNumber process)
{
    Process* const caller = service_.processes.find(process);
    if (caller == nullptr || caller->membership().session != process)
        return fail(Status::not_permitted);
    if ((session_ != 0 && session_ != process) || is_hung_up_)
        return fail(Status::not_permitted);
    if (caller->membership().terminal != nullptr && caller->membership().terminal != this)
        return fail(Status::not_permitted);
    caller->set_terminal(this);
    session_ = process;
    foreground_ = caller->membership().group;
    device_.session_changed();
    return {};
}

void TerminalCore::send(Signal signal) { send_to_group(foreground_, signal); }

void TerminalCore::send_to_group(ProcessNumber group, Signal signal) const
{
    if (group == 0)
        return;
    service_.processes.for_each([=](Process& process) {
        if (process.membership().group == group)
            process.receive(signal);
    });
}

}  // namespace posix
