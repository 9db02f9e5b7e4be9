// posix-ender: ends servers/posix whenever there is a file /end-posix.
#include "generated/interfaces/file.hpp"
#include "generated/interfaces/init.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/notification.hpp"
#include "lib/sys/run.hpp"

namespace {

Result<> end_when_told(sys::Environment& environment)
{
    constexpr std::uint64_t pause_ms = 50;
    auto const root = TRY(environment.connect<Directory>("root"));
    auto const programs = TRY(environment.connect<Programs>("programs"));
    auto const notification = TRY(sys::Notification::create());
    for (;;) {
        if (root.remove("end-posix"))
            TRY(programs.end("posix"));
        (void)notification.wait(sys::after_milliseconds(pause_ms));
    }
}

}  // namespace

int main() { return sys::run(end_when_told); }
