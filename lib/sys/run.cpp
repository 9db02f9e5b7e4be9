#include "lib/sys/run.hpp"
#include "lib/sys/log.hpp"

namespace sys {

int exit_code(Result<> const& result, Environment const& environment)
{
    if (result)
        return 0;
    char const* const reason = to_string(result.error());
    if (result.error() == Status::not_granted && !environment.missing().empty())
        log("failed: ", reason, ": \"", environment.missing(), "\"");
    else
        log("failed: ", reason);
    return 1;
}

}  // namespace sys
