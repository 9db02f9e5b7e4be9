// ioctl: the requests that a terminal of servers/posix answers.
#include "libc/posix/terminal.hpp"
#include "lib/posix/terminal_characters.hpp"
#include "libc/posix/borrowed.hpp"
#include "libc/posix/calls.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/signal_thread.hpp"
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>

namespace posix {
namespace {

constexpr long request_bits = 0xffff;  // those above say how large the argument is

// Other files have no such methods.
long failed(Status status)
{
    return status == Status::bad_method ? -ENOTTY : -libc::to_errno(status);
}

long done(Result<> const& result) { return result ? 0 : failed(result.error()); }

long get_settings(Borrowed<Terminal> const& terminal, long argument)
{
    auto const settings = terminal->settings();
    if (!settings)
        return failed(settings.error());
    termios result{};
    result.c_iflag = settings->input;
    result.c_oflag = settings->output;
    result.c_cflag = settings->control;
    result.c_lflag = settings->local;
    get_characters(*settings, std::span{result.c_cc}.first(linux_characters));
    memcpy(pointer<termios>(argument), &result, settings_bytes);
    return 0;
}

long set_settings(Borrowed<Terminal> const& terminal, long argument, bool after_output,
                  bool drop_input)
{
    termios wanted{};
    memcpy(&wanted, pointer<termios>(argument), settings_bytes);
    TerminalSettings settings{.input = wanted.c_iflag,
                              .output = wanted.c_oflag,
                              .control = wanted.c_cflag,
                              .local = wanted.c_lflag};
    put_characters(settings, std::span{wanted.c_cc}.first(linux_characters));
    return done(terminal->set_settings(settings, after_output, drop_input, waiter_for(SIGTTOU)));
}

long get_size(Borrowed<Terminal> const& terminal, long argument)
{
    auto const size = terminal->size();
    if (!size)
        return failed(size.error());
    winsize result{};
    result.ws_row = size->rows;
    result.ws_col = size->columns;
    *pointer<winsize>(argument) = result;
    return 0;
}

long set_size(Borrowed<Terminal> const& terminal, long argument)
{
    auto const wanted = *pointer<winsize const>(argument);
    return done(terminal->set_size(wanted.ws_row, wanted.ws_col));
}

long get_foreground(Borrowed<Terminal> const& terminal, long argument)
{
    auto const group = terminal->foreground();
    if (!group)
        return group.error() == Status::no_terminal ? -ENOTTY : failed(group.error());
    *pointer<int>(argument) = *group;
    return 0;
}

long set_foreground(Borrowed<Terminal> const& terminal, long argument)
{
    auto const set = terminal->set_foreground(*pointer<int const>(argument), waiter_for(SIGTTOU));
    return !set && set.error() == Status::no_terminal ? -ENOTTY : done(set);
}

long get_other_end(Borrowed<Terminal> const& terminal, long argument)
{
    auto const number = terminal->other_end();
    if (!number)
        return -ENOTTY;
    *pointer<unsigned>(argument) = *number;
    return 0;
}

// tcdrain and tcsendbreak: what was written is on its way, and there is no line to break.
long wait_for_output(Borrowed<Terminal> const& terminal)
{
    auto const settings = terminal->settings();
    return settings ? 0 : failed(settings.error());
}

}  // namespace

long control_terminal(sys::HandleValue file, long request, long argument)
{
    Borrowed<Terminal> const terminal{file};
    switch (request) {
    case TCGETS:
        return get_settings(terminal, argument);
    case TCSETS:
    case TCSETSW:
    case TCSETSF:
        return set_settings(terminal, argument, request != TCSETS, request == TCSETSF);
    case TIOCGWINSZ:
        return get_size(terminal, argument);
    case TIOCSWINSZ:
        return set_size(terminal, argument);
    case TIOCGPGRP:
        return get_foreground(terminal, argument);
    case TIOCSPGRP:
        return set_foreground(terminal, argument);
    case TIOCSCTTY:
        return done(terminal->control(static_cast<std::int32_t>(own_process_number())));
    case TIOCGPTN& request_bits:
        return get_other_end(terminal, argument);
    case TIOCSPTLCK& request_bits:  // it is never locked
        return terminal->other_end() ? 0 : -ENOTTY;
    case TIOCEXCL:
    case TIOCNXCL:
        return done(terminal->set_exclusive(request == TIOCEXCL));
    case TCSBRK:
        return wait_for_output(terminal);
    case TCFLSH:
        return done(terminal->drop(argument != TCOFLUSH, argument != TCIFLUSH));
    default:
        return -ENOTTY;
    }
}

long device_control(Arguments const& arguments)
{
    auto const [descriptor, request, argument, unused4, unused5, unused6] = arguments;
    return with_file(descriptor, [=](OpenFile& file) -> long {
        return file.control(request & request_bits, argument);
    });
}

}  // namespace posix
