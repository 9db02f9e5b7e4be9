#include "libc/sys/random.hpp"
#include "generated/interfaces/random.hpp"
#include "lib/sys/start_info.hpp"
#include "libc/sys/errno.hpp"
#include <errno.h>
#include <new>
#include <pthread.h>
#include <sys/random.h>

namespace libc {
namespace {

// Never destroyed: other threads may use it until the process has ended.
alignas(Random) std::byte storage[sizeof(Random)];
pthread_once_t is_connected = PTHREAD_ONCE_INIT;

// Of no value without the grant.
Random const& server()
{
    pthread_once(&is_connected,
                 [] { new (storage) Random{sys::Handle{sys::find_grant("random")}}; });
    return *std::launder(reinterpret_cast<Random const*>(storage));
}

// Until all of it is filled. Errors: those of Random.fill
Result<> fill(Random const& random, std::span<std::byte> bytes)
{
    while (!bytes.empty()) {
        auto const count = TRY(random.fill(bytes));
        if (count == 0 || count > bytes.size())
            return fail(Status::io_error);
        bytes = bytes.subspan(count);
    }
    return {};
}

}  // namespace

long get_random(Arguments const& arguments)
{
    auto const [buffer, size, flags, unused4, unused5, unused6] = arguments;
    if ((flags & ~long{GRND_NONBLOCK | GRND_RANDOM}) != 0)
        return -EINVAL;
    if (!server())
        return -ENOSYS;
    auto const done = fill(server(), {pointer<std::byte>(buffer), static_cast<std::size_t>(size)});
    return done ? size : -to_errno(done.error());
}

}  // namespace libc
