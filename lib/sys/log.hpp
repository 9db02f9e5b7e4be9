// Log lines: "[    0.012] fs: mounted, 12 MiB free". They go to the machine's console through the
// grant "log"; a program without that grant logs nothing.
#pragma once
#include "lib/sys/line.hpp"

namespace sys {

bool has_log();

// Writes one line; time, program name and newline are added.
void log_line(std::string_view text);

template <class... Pieces>
void log(Pieces const&... pieces)
{
    log_line(Line{pieces...}.view());
}

}  // namespace sys
