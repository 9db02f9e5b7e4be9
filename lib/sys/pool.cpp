#include "lib/sys/pool.hpp"
#include "lib/sys/start_info.hpp"
#include "libc/sys/worker_thread.hpp"

namespace sys {
namespace {

// A badge is the address of the Server or NotificationHandler that it belongs to. Only this process
// makes endpoints of its pools, so the kernel brings back only what was put in here.
template <class T>
std::uint64_t badge_of(T& object)
{
    return reinterpret_cast<std::uint64_t>(&object);
}

template <class T>
T& object_of(std::uint64_t badge)
{
    return *reinterpret_cast<T*>(badge);
}

void take_event(std::uint64_t badge, abi::Event event, std::uint64_t bits)
{
    switch (event) {
    case abi::Event::notification:
        object_of<NotificationHandler>(badge).notified(bits);
        return;
    case abi::Event::closed:
        object_of<Server>(badge).closed();
        return;
    }
}

// Where each worker starts, with an empty stack, for each call and each event. The registers of a
// message are those of a function call, so this needs no assembly. It never returns: dispatch ends
// in a reply.
void enter(std::uint64_t badge, std::uint64_t header, std::uint64_t label, std::uint64_t word0,
           std::uint64_t word1, std::uint64_t word2, std::uint64_t word3)
{
    if ((header & MessageHeader::event_flag) != 0) {
        take_event(badge, static_cast<abi::Event>(label), word0);
        reply(Status::ok, {});
    }
    object_of<Server>(badge).dispatch(header, label, word0, word1, word2, word3);
}

}  // namespace

Result<Pool> Pool::create(abi::PoolOptions const& options)
{
    auto const entry = reinterpret_cast<std::uint64_t>(&enter);
    return Pool{TRY(pool_create(entry, start_info().priority, options))};
}

Result<> Pool::add_workers(std::size_t count) const
{
    for (std::size_t i = 0; i < count; ++i)
        TRY(create_worker_thread(handle_.value()));
    return {};
}

Result<Handle> Pool::endpoint(Server& server) const
{
    return endpoint_create(handle_.value(), badge_of(server));
}

Result<> Pool::bind(Notification const& notification, NotificationHandler& handler) const
{
    return sys::bind(handle_.value(), notification.handle(), badge_of(handler));
}

}  // namespace sys
