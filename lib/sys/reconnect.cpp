#include "lib/sys/reconnect.hpp"
#include "generated/interfaces/init.hpp"
#include "lib/sys/call.hpp"
#include "lib/sys/start_info.hpp"
#include "lib/sys/syscalls.hpp"
#include <array>
#include <atomic>

namespace sys {

namespace {

// One thread at a time: the others find that the service is there again.
class Turn {
public:
    Turn()
    {
        while (taken.exchange(1, std::memory_order_acquire) != 0)
            (void)futex_wait(address(), 1);
    }
    ~Turn()
    {
        taken.store(0, std::memory_order_release);
        (void)futex_wake(address(), 1);
    }
    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;

private:
    static std::uint32_t const* address() { return reinterpret_cast<std::uint32_t const*>(&taken); }
    static constinit inline std::atomic<std::uint32_t> taken{};
};

// Changed in a Turn.
struct Replacement {
    HandleValue current{};   // 0: the grant still has the handle of the start information
    HandleValue previous{};  // kept for threads that are about to use it
};
constinit std::array<Replacement, abi::StartInfo::max_grants> replacements{};

// The grant whose handle this is; `granted().size()` if there is none.
std::size_t grant_of(HandleValue handle)
{
    std::span const grants = granted();
    std::size_t i = 0;
    auto const current = [&] {
        return replacements[i].current != 0 ? replacements[i].current : grants[i].handle;
    };
    while (i < grants.size() && handle != current())
        ++i;
    return i;
}

// No interface has this label: a server that lives says so.
bool is_dead(HandleValue endpoint)
{
    Registers message;
    return call(endpoint, message) == Status::peer_died;
}

Result<HandleValue> find_again(std::string_view name)
{
    HandleValue const grant = find_grant("init");
    if (grant == 0)
        return fail(Status::not_granted);
    Init init{Handle{grant}};
    auto endpoint = init.find(name);
    init.release();  // for the next time
    if (!endpoint)
        return fail(endpoint.error());
    return endpoint->release();
}

}  // namespace

// Runs in a Turn. True if `endpoint` names a server that has not died with the call.
static bool reconnect(Handle const& endpoint, HandleValue used)
{
    if (endpoint.value() != used)
        return true;
    std::size_t const grant = grant_of(used);
    if (grant == granted().size() || !is_dead(used))
        return false;
    auto const found = find_again(granted()[grant].name);
    if (!found)
        return false;
    close_handle(std::exchange(replacements[grant].previous, used));
    replacements[grant].current = *found;
    endpoint.replace(*found);
    return true;
}

Status after_reconnecting(Handle const& endpoint, HandleValue used, Status failure)
{
    if (failure != Status::peer_died)
        return failure;
    Turn const turn;
    return reconnect(endpoint, used) ? Status::restarted : failure;
}

}  // namespace sys
