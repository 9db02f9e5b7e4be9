#include "tests/bench/client/threads.hpp"
#include "lib/sys/memory.hpp"
#include "lib/sys/notification.hpp"
#include "tests/bench/client/measure.hpp"
#include "tests/bench/thread.hpp"
#include <algorithm>

namespace bench {

namespace {

// Threads are made in turn from a few places, so that one has ended before its place is used again.
constinit std::array<ThreadPlace, 8> places{};
constinit std::uint64_t volatile first_instruction = 0;

[[noreturn]] void count_signal_and_end(std::uint64_t notification)
{
    first_instruction = instructions();
    (void)sys::signal(static_cast<sys::HandleValue>(notification), 1);
    sys::thread_exit();
}

// What the shortest of several rounds took; each begins at what operation() says.
template <class Operation>
Result<> measure_until(std::string_view name, std::uint64_t const volatile& end,
                       Operation const& operation)
{
    std::uint64_t best = ~std::uint64_t{};
    for (unsigned i = 0; i < repeats; ++i) {
        std::uint64_t const start = TRY(operation());
        best = std::min(best, end - start);
    }
    sys::log("BENCH ", name, " ", best, " instructions");
    return {};
}

Result<> measure_signal_to_waiter(Bench const& server)
{
    auto const notification = TRY(sys::Notification::create());
    auto const memory = TRY(sys::Memory::create(1));
    auto const page = TRY(memory.map());
    auto given = TRY(sys::duplicate(notification.handle()));
    auto shared = TRY(sys::duplicate(memory.handle()));
    TRY(server.watch(Notification{std::move(given)}, Memory{std::move(shared)}));
    auto const& counted = *reinterpret_cast<std::uint64_t const volatile*>(page.data());
    return measure_until("signal_to_waiter", counted, [&]() -> Result<std::uint64_t> {
        std::uint64_t const begin = instructions();
        TRY(notification.signal(1));
        return begin;
    });
}

}  // namespace

Result<> measure_threads(Bench const& server)
{
    auto const ended = TRY(sys::Notification::create());
    std::size_t next = 0;
    auto const priority = sys::start_info().priority;
    auto const start = [&] {
        return start_thread(places[next++ % places.size()], &count_signal_and_end, ended.handle(),
                            priority);
    };
    auto const create_and_await = [&]() -> Result<std::uint64_t> {
        std::uint64_t const begin = instructions();
        auto const thread = TRY(start());
        TRY(ended.wait());
        return begin;
    };
    TRY(measure("thread_create_exit", create_and_await));
    TRY(measure_until("thread_create", first_instruction, create_and_await));
    return measure_signal_to_waiter(server);
}

}  // namespace bench
