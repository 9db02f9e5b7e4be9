// bench-server: what the benchmarks call: a raw endpoint that answers each message with itself, and
// the same through generated stubs.
#include "generated/tests/bench/bench.hpp"
#include "lib/sys/memory.hpp"
#include "lib/sys/pool.hpp"
#include "lib/sys/run.hpp"
#include "libc/sys/worker_thread.hpp"
#include "tests/bench/thread.hpp"
#include <array>

namespace {

// A worker's entry: no stub, nothing but the answer.
[[noreturn]] void echo(std::uint64_t, std::uint64_t header, std::uint64_t label,
                       std::uint64_t word0, std::uint64_t word1, std::uint64_t word2,
                       std::uint64_t word3)
{
    sys::reply(Status::ok, {header, label, {word0, word1, word2, word3}});
}

// The same, after a floating-point instruction.
[[noreturn]] void echo_with_fp(std::uint64_t badge, std::uint64_t header, std::uint64_t label,
                               std::uint64_t word0, std::uint64_t word1, std::uint64_t word2,
                               std::uint64_t word3)
{
    asm volatile("fadd.d fs0, fs0, fs0" : : : "fs0");
    echo(badge, header, label, word0, word1, word2, word3);
}

using Entry = decltype(&echo);

constexpr std::uint64_t paged_pages = 640;
constexpr std::uint64_t cache_pages = 128;
constinit sys::HandleValue paged = 0;
constinit sys::HandleValue cache = 0;  // the pager's own; each of its pages comes several times

[[noreturn]] void bring_page(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t page,
                             std::uint64_t, std::uint64_t, std::uint64_t)
{
    auto const supplied = sys::memory_supply({.paged = paged,
                                              .page = page,
                                              .memory = cache,
                                              .memory_page = page % cache_pages,
                                              .flags = abi::supply_writable});
    sys::reply(to_status(supplied), {});
}

Result<sys::Handle> start_pool(Entry entry)
{
    auto pool =
        TRY(sys::pool_create(reinterpret_cast<std::uint64_t>(entry), sys::start_info().priority));
    TRY(sys::create_worker_thread(pool.value()));
    auto endpoint = TRY(sys::endpoint_create(pool.value(), 0));
    pool.release();  // for as long as the program runs
    return endpoint;
}

Result<> start_pager()
{
    auto const pager = TRY(start_pool(bring_page));
    cache = TRY(sys::memory_create(abi::MemoryKind::anonymous, cache_pages)).release();
    paged = TRY(sys::paged_memory_create(paged_pages, pager.value())).release();
    return {};
}

struct Watch {
    Notification notification;
    std::uint64_t volatile* counted = nullptr;
    bench::ThreadPlace place;
};
constinit Watch watched{};

[[noreturn]] void watch_for_ever(std::uint64_t)
{
    for (;;) {
        (void)sys::wait(watched.notification.value());
        *watched.counted = bench::instructions();
    }
}

class BenchServer : public Bench::Server {
    Result<> nothing() override { return {}; }

    Result<> copy(sys::LeaseIn data) override
    {
        TRY(data.read(0, page_));
        return {};
    }

    Result<Memory> paged() override { return Memory{TRY(sys::duplicate(::paged))}; }

    Result<> watch(Notification notification, Memory page) override
    {
        constexpr auto read_write = sys::protect_read | sys::protect_write;
        auto const address =
            TRY(sys::map({.memory = page.value(), .page_count = 1, .protection = read_write}));
        watched.notification = std::move(notification);
        watched.counted = reinterpret_cast<std::uint64_t volatile*>(address);
        *watched.counted = 0;  // the page is there
        auto const priority = sys::start_info().priority;
        auto thread = TRY(bench::start_thread(watched.place, &watch_for_ever, 0, priority));
        thread.release();  // for as long as the program runs
        return {};
    }

    std::array<std::byte, abi::page_size> page_;
};

Result<> serve(sys::Environment& environment)
{
    auto raw = TRY(start_pool(echo));
    TRY(environment.publish("raw", std::move(raw)));
    auto raw_with_fp = TRY(start_pool(echo_with_fp));
    TRY(environment.publish("raw-fp", std::move(raw_with_fp)));
    TRY(start_pager());
    BenchServer server;
    return environment.serve("stub", server);
}

}  // namespace

int main() { return sys::run(serve); }
