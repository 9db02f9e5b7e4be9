// ioctl: the requests that a terminal of servers/posix answers.
#include "libc/posix/terminal.hpp"
#include "generated/interfaces/posix.hpp"
#include "libc/posix/calls.hpp"
#include "libc/posix/door.hpp"
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>

namespace posix {
namespace {

// An open file that may be a terminal, by a handle that is somebody else's.
class Borrowed {
public:
    explicit Borrowed(sys::HandleValue handle) : terminal_{sys::Handle{handle}} {}
    ~Borrowed() { (void)terminal_.release(); }
    Borrowed(Borrowed const&) = delete;
    Borrowed& operator=(Borrowed const&) = delete;

    Terminal const* operator->() const { return &terminal_; }

private:
    Terminal terminal_;
};

// Other files have no such methods.
long failed(Status status)
{
    return status == Status::bad_method ? -ENOTTY : -libc::to_errno(status);
}

long done(Result<> const& result) { return result ? 0 : failed(result.error()); }

std::int32_t self() { return static_cast<std::int32_t>(own_process_number()); }

long get_settings(Borrowed const& terminal, long argument)
{
    auto const settings = terminal->settings();
    if (!settings)
        return failed(settings.error());
    termios result{};
    result.c_iflag = settings->input;
    result.c_oflag = settings->output;
    result.c_cflag = settings->control;
    result.c_lflag = settings->local;
    std::uint64_t const words[] = {settings->characters0, settings->characters1,
                                   settings->characters2, settings->characters3};
    memcpy(result.c_cc, words, linux_characters);
    memcpy(pointer<termios>(argument), &result, settings_bytes);
    return 0;
}

long set_settings(Borrowed const& terminal, long argument, bool after_output, bool drop_input)
{
    termios wanted{};
    memcpy(&wanted, pointer<termios>(argument), settings_bytes);
    std::uint64_t words[4]{};
    memcpy(words, wanted.c_cc, linux_characters);
    return done(terminal->set_settings({.input = wanted.c_iflag,
                                        .output = wanted.c_oflag,
                                        .control = wanted.c_cflag,
                                        .local = wanted.c_lflag,
                                        .characters0 = words[0],
                                        .characters1 = words[1],
                                        .characters2 = words[2],
                                        .characters3 = words[3]},
                                       after_output, drop_input));
}

long get_size(Borrowed const& terminal, long argument)
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

long set_size(Borrowed const& terminal, long argument)
{
    auto const wanted = *pointer<winsize const>(argument);
    return done(terminal->set_size(wanted.ws_row, wanted.ws_col));
}

long get_foreground(Borrowed const& terminal, long argument)
{
    auto const group = terminal->foreground();
    if (!group)
        return group.error() == Status::no_terminal ? -ENOTTY : failed(group.error());
    *pointer<int>(argument) = *group;
    return 0;
}

long set_foreground(Borrowed const& terminal, long argument)
{
    auto const set = terminal->set_foreground(*pointer<int const>(argument), self());
    return !set && set.error() == Status::no_terminal ? -ENOTTY : done(set);
}

}  // namespace

long control_terminal(sys::HandleValue file, long request, long argument)
{
    Borrowed const terminal{file};
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
        return done(terminal->control(self()));
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
        return file.control(request & 0xffff, argument);
    });
}

}  // namespace posix
