// files-client: what the file server promises of open files, users and names; for the host to check
// the disk afterwards.
#include "lib/sys/run.hpp"
#include "lib/sys/syscalls.hpp"
#include "tests/files/check.hpp"

static Result<> check_all(sys::Environment& environment)
{
    auto const power = TRY(environment.take("power"));
    auto const root = TRY(environment.connect<Directory>("root"));
    TRY(files::check_descriptions(root));
    TRY(files::check_users(root));
    TRY(files::check_names(root));
    TRY(root.sync());
    sys::log("all checked");
    return sys::power(power.value(), abi::PowerAction::off);
}

int main() { return sys::run(check_all); }
