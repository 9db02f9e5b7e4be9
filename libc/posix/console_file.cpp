#include "libc/posix/console_file.hpp"
#include "libc/posix/terminal.hpp"
#include "libc/sys/arguments.hpp"
#include "libc/sys/signal.hpp"
#include <algorithm>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>

namespace posix {
namespace {

constexpr cc_t control(char letter) { return static_cast<cc_t>(letter & 0x1f); }

termios default_settings()
{
    termios settings{};
    settings.c_iflag = ICRNL;
    settings.c_oflag = OPOST | ONLCR;
    settings.c_cflag = CS8 | CREAD;
    settings.c_lflag = ICANON | ECHO | ECHOE | ECHOK | ISIG;
    settings.c_cc[VINTR] = control('C');
    settings.c_cc[VEOF] = control('D');
    settings.c_cc[VKILL] = control('U');
    settings.c_cc[VERASE] = 0x7f;
    settings.c_cc[VMIN] = 1;
    return settings;
}

std::string_view text_of(ConstBytes bytes)
{
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

}  // namespace

ConsoleFile::ConsoleFile(Console console)
    : OpenFile{O_RDWR}, console_{std::move(console)}, settings_{default_settings()}
{
}

Result<std::size_t> ConsoleFile::read_raw(std::span<char> buffer)
{
    auto const count = TRY(console_.read(std::as_writable_bytes(buffer)));
    if (count > buffer.size())
        return fail(Status::io_error);
    return count;
}

Result<std::size_t> ConsoleFile::read(Bytes buffer)
{
    Lock::Guard guard{input_lock_};
    std::span const text{reinterpret_cast<char*>(buffer.data()), buffer.size()};
    if (text.empty())
        return 0;
    if ((settings_.c_lflag & ICANON) == 0)
        return read_raw(text);
    if (!line_.is_complete())
        TRY(read_line());
    return line_.take_text(text);
}

// One byte at a time: what follows the line is for whoever reads next.
Result<> ConsoleFile::read_line()
{
    for (auto state = LineInput::State::incomplete; state != LineInput::State::complete;) {
        char byte = 0;
        if (TRY(read_raw({&byte, 1})) == 0)
            continue;
        state = line_.take(byte, settings_, [this](std::string_view text) { echo(text); });
        if (state == LineInput::State::interrupted)
            libc::send_to_self(SIGINT);
    }
    return {};
}

void ConsoleFile::echo(std::string_view text)
{
    // A terminal that does not show what is typed is no reason to lose the input.
    if ((settings_.c_lflag & ECHO) != 0)
        (void)write(std::as_bytes(std::span{text}));
}

Result<> ConsoleFile::write_raw(std::string_view text)
{
    while (!text.empty()) {
        auto const count = TRY(console_.write(std::as_bytes(std::span{text})));
        if (count == 0 || count > text.size())
            return fail(Status::io_error);
        text.remove_prefix(count);
    }
    return {};
}

Result<std::size_t> ConsoleFile::write(ConstBytes data)
{
    constexpr tcflag_t translation = OPOST | ONLCR;
    if ((settings_.c_oflag & translation) != translation) {
        TRY(write_raw(text_of(data)));
        return data.size();
    }
    std::array<char, 256> chunk;  // each byte may become two
    for (auto rest = text_of(data); !rest.empty();) {
        auto const part = rest.substr(0, chunk.size() / 2);
        std::size_t used = 0;
        for (char const byte : part) {
            if (byte == '\n')
                chunk[used++] = '\r';
            chunk[used++] = byte;
        }
        TRY(write_raw({chunk.data(), used}));
        rest.remove_prefix(part.size());
    }
    return data.size();
}

Result<struct stat> ConsoleFile::attributes()
{
    constexpr mode_t owner_may_read_and_write = 0600;
    struct stat result{};
    result.st_mode = S_IFCHR | owner_may_read_and_write;
    result.st_nlink = 1;
    return result;
}

long ConsoleFile::control(long request, long argument)
{
    switch (request) {
    case TCGETS:
        memcpy(libc::pointer<termios>(argument), &settings_, settings_bytes);
        return 0;
    case TCSETS:
    case TCSETSW:
    case TCSETSF:
        memcpy(&settings_, libc::pointer<termios>(argument), settings_bytes);
        return 0;
    case TIOCGWINSZ:  // zeros: nobody knows
        *libc::pointer<winsize>(argument) = {};
        return 0;
    default:
        return -ENOTTY;
    }
}

}  // namespace posix
