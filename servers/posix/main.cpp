// The server for what POSIX processes share: their numbers, parents, groups, signals, pipes and
// terminals. docs/posix.md has the picture.
#include "generated/interfaces/random.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/run.hpp"
#include "servers/posix/console_line.hpp"
#include "servers/posix/events.hpp"
#include "servers/posix/system_server.hpp"

namespace {

// Of the quota, for the server itself.
constexpr std::uint64_t own_bytes = (4 << 20) + posix::ProgramImages::most_pages * abi::page_size;

// One that is not there in this machine is empty.
posix::CommonServer common_server(sys::Environment& environment, std::string_view name)
{
    auto server = environment.take(name);
    return {.name = name, .handle = server ? *std::move(server) : sys::Handle{}};
}

// Without random numbers there is no /dev/random.
void seed_random_numbers(posix::Service& service)
{
    auto const& server = service.common_servers[1];
    if (!server.handle)
        return;
    auto copy = sys::duplicate(server.handle.value());
    if (!copy)
        return;
    Random const random{std::move(*copy)};
    std::array<std::byte, posix::RandomNumbers::seed_bytes> seed;
    for (std::size_t done = 0; done < seed.size();) {
        auto const count = random.fill(std::span{seed}.subspan(done));
        if (!count || *count == 0 || *count > seed.size() - done)
            return;
        done += *count;
    }
    service.random.seed(seed);
}

Result<> serve_processes(sys::Environment& environment)
{
    auto const books = TRY(sys::process_info(sys::start_info().process));
    if (books.quota_bytes < 2 * own_bytes)
        return fail(Status::no_memory);
    std::uint64_t const account_bytes = books.quota_bytes - own_bytes;

    auto archive_memory = TRY(environment.take("archive"));
    posix::Service service{.pool = TRY(sys::Pool::create()),
                           .archive =
                               TRY(program::Archive::open(sys::Memory{std::move(archive_memory)})),
                           .root = TRY(environment.connect<Directory>("root")),
                           .volumes = {},
                           .names = TRY(environment.connect<ProcessNames>("names")),
                           .events = TRY(sys::Notification::create()),
                           .common_servers = {common_server(environment, "clock"),
                                              common_server(environment, "random")},
                           .accounts = TRY(posix::Accounts::create(account_bytes)),
                           .images = {},
                           .processes = {},
                           .interruptibles = {},
                           .record_locks = posix::RecordLocks{service.interruptibles},
                           .shared_waits = posix::SharedWaits{service},
                           .timers = {},
                           .random = {}};
    if (auto volumes = environment.connect<Volumes>("volumes"))
        service.volumes = *std::move(volumes);
    seed_random_numbers(service);
    TRY(service.pool.add_workers(1));
    posix::Events events{service};
    TRY(service.pool.bind(service.events, events));

    auto const console = TRY(environment.connect<Console>("console"));
    posix::ConsoleLine line{service, console};
    service.console = &line;
    TRY(line.start(service.pool));

    posix::SystemServer system{service};
    auto endpoint = TRY(service.pool.endpoint(system));
    TRY(environment.publish("processes", std::move(endpoint)));
    sys::stay();
}

}  // namespace

int main() { return sys::run(serve_processes); }
