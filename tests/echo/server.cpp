// echo-server: answers what it is told.
#include "generated/tests/echo/echo.hpp"
#include "lib/sys/run.hpp"

struct EchoServer final : Echo::Server {
    Result<std::string_view> say(std::string_view text) override { return text; }
};

static Result<> serve(sys::Environment& environment)
{
    EchoServer server;
    return environment.serve("echo", server);
}

int main() { return sys::run(serve); }
