#include "servers/posix/system_server.hpp"
#include "servers/posix/console_line.hpp"

namespace posix {

Result<std::uint32_t> SystemServer::run(std::string_view path,
                                        codec::List<std::string_view> arguments)
{
    if (service_.console->terminal().session() != 0)
        return fail(Status::busy);
    auto const program = TRY(Program::open(service_.root, path));
    auto user = TRY(User::make(service_.root, {}, {}));
    Process& process = *TRY(Process::create(service_));
    auto const started = process.start(std::move(user), program, arguments);
    if (!started) {
        process.drop();
        return fail(started.error());
    }
    process.tell_end(TRY(sys::take_reply<PosixSystem::RunCall>()));
    return fail(sys::later);
}

}  // namespace posix
