// echo-client: has each of its arguments echoed into the log.
#include "generated/tests/echo/echo.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/run.hpp"

static Result<> talk(sys::Environment& environment)
{
    auto const echo = TRY(environment.connect<Echo>("echo"));
    for (auto const* argument : environment.arguments())
        sys::log(TRY(echo.say(argument)));
    return {};
}

int main(int argument_count, char** arguments) { return sys::run(talk, argument_count, arguments); }
