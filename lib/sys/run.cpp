#include "lib/sys/run.hpp"
#include "lib/sys/log.hpp"
#include <unistd.h>

namespace sys {

// Programs that a user has started have no log but a terminal.
static void report(Line const& text)
{
    if (has_log())
        return log_line(text.view());
    Line const line{program_name(), ": ", text.view(), "\n"};
    (void)!write(STDERR_FILENO, line.view().data(), line.size());
}

int exit_code(Result<> const& result, Environment const& environment)
{
    if (result)
        return 0;
    char const* const reason = to_string(result.error());
    if (result.error() == Status::not_granted && !environment.missing().empty())
        report(Line{"failed: ", reason, ": \"", environment.missing(), "\""});
    else
        report(Line{"failed: ", reason});
    return 1;
}

}  // namespace sys
