#include "lib/sys/environment.hpp"
#include "generated/interfaces/init.hpp"
#include "lib/sys/pool.hpp"

namespace sys {

Result<Handle> Environment::take(std::string_view name)
{
    std::span const grants = granted();
    for (std::size_t i = 0; i < grants.size(); ++i) {
        std::uint64_t const bit = std::uint64_t{1} << i;
        if (name != grants[i].name || (taken_ & bit) != 0)
            continue;
        taken_ |= bit;
        return Handle{grants[i].handle};
    }
    missing_ = name;
    return fail(Status::not_granted);
}

Result<> Environment::publish(std::string_view service, Handle endpoint)
{
    HandleValue const grant = find_grant("init");
    if (grant == 0) {
        missing_ = "init";
        return fail(Status::not_granted);
    }
    Init init{Handle{grant}};
    auto const published = init.publish(service, Endpoint{std::move(endpoint)});
    init.release();  // for the next time
    if (!published && published.error() == Status::not_granted)
        missing_ = service;
    return to_result(published ? Status::ok : published.error());
}

Result<> Environment::serve(std::string_view service, Server& server, std::size_t worker_count)
{
    auto const pool = TRY(Pool::create());
    TRY(pool.add_workers(worker_count));
    auto endpoint = TRY(pool.endpoint(server));
    TRY(publish(service, std::move(endpoint)));
    stay();
}

void stay()
{
    auto const never = Notification::create();
    if (!never)
        thread_exit();
    for (;;)
        (void)never->wait();
}

}  // namespace sys
