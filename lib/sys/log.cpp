#include "lib/sys/log.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/syscalls.hpp"

namespace sys {

// Init has one root with all rights, and knows itself by the boot archive.
static HandleValue log_root()
{
    return find_grant(start_info().archive_bytes != 0 ? "root" : "log");
}

bool has_log() { return log_root() != 0; }

// Milliseconds since the machine was started, as "[    0.012] ".
static void append_time(Line& line)
{
    std::uint64_t const hz = start_info().timebase_hz;
    std::uint64_t const milliseconds = hz == 0 ? 0 : now() / (hz / 1000);
    line.append('[');
    line.append(Padded{milliseconds / 1000, 5});
    line.append('.');
    line.append(Padded{milliseconds % 1000, 3, '0'});
    line.append("] ");
}

void log_line(std::string_view text)
{
    HandleValue const root = log_root();
    if (root == 0)
        return;
    Line line;
    append_time(line);
    line.append(program_name());
    line.append(": ");
    line.append(text.substr(0, Line::capacity - line.size() - 1));
    line.append('\n');
    // Nobody could be told that the log is broken.
    (void)write_log(root, line.view());
}

}  // namespace sys
