// What a program was given: capabilities by name, arguments, and the right to offer services.
#pragma once
#include "lib/base/result.hpp"
#include "lib/sys/handle.hpp"
#include "lib/sys/server.hpp"
#include "lib/sys/start_info.hpp"
#include <span>

namespace sys {

class Environment {
public:
    // `arguments` as main gets them, the program's name first.
    explicit Environment(std::span<char const* const> arguments) : arguments_{arguments} {}
    Environment(Environment const&) = delete;
    Environment& operator=(Environment const&) = delete;

    // The capability that the system manifest grants under this name, as a Client: a generated
    // client or a kernel object's typed handle. Each one can be taken once.
    // Errors: not_granted; `missing` then has the name, and sys::run tells it.
    template <class Client>
    Result<Client> connect(std::string_view name)
    {
        return Client{TRY(take(name))};
    }
    Result<Handle> take(std::string_view name);

    // Without the program's name.
    std::span<char const* const> arguments() const
    {
        return arguments_.empty() ? arguments_ : arguments_.subspan(1);
    }

    // Offers an endpoint of this program under a name that its manifest entry lists in `serves`.
    // Errors: not_granted, already_exists
    Result<> publish(std::string_view service, Handle endpoint);

    // Offers `server`, answered by `worker_count` threads of its own, for the rest of the program.
    // With one of them nothing runs concurrently. Returns only if that is not possible.
    Result<> serve(std::string_view service, Server& server, std::size_t worker_count = 1);

    std::string_view missing() const { return missing_; }

private:
    std::span<char const* const> arguments_;
    std::uint64_t taken_ = 0;  // a bit for each grant of the start information
    std::string_view missing_;
};
static_assert(abi::StartInfo::max_grants <= 64);

// Waits for ever: what the main thread of a server does once its workers have everything.
[[noreturn]] void stay();

}  // namespace sys
