// ioctl: the requests that a terminal answers.
#include "libc/posix/calls.hpp"
#include <string.h>
#include <sys/ioctl.h>

namespace posix {
namespace {

// Linux's structure, which musl's begins with.
constexpr std::size_t settings_bytes = offsetof(termios, c_cc) + 19;

long control_terminal(termios& settings, long request, long argument)
{
    switch (request) {
    case TCGETS:
        memcpy(pointer<termios>(argument), &settings, settings_bytes);
        return 0;
    case TCSETS:
    case TCSETSW:
    case TCSETSF:
        memcpy(&settings, pointer<termios>(argument), settings_bytes);
        return 0;
    case TIOCGWINSZ:  // zeros: nobody knows
        *pointer<winsize>(argument) = {};
        return 0;
    default:
        return -ENOTTY;
    }
}

}  // namespace

long device_control(Arguments const& arguments)
{
    auto const [descriptor, request, argument, unused4, unused5, unused6] = arguments;
    return with_file(descriptor, [=](OpenFile& file) -> long {
        termios* const settings = file.terminal();
        if (settings == nullptr)
            return -ENOTTY;
        return control_terminal(*settings, request & 0xffff, argument);
    });
}

}  // namespace posix
