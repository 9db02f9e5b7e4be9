// inversion: a server with one worker works for a client of low priority, which programs of
// middling priority keep from running. How long does a client of high priority wait for the worker?
//
// On several harts, that client has one for itself, and the others share another one.
#include "lib/sys/environment.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/run.hpp"
#include "tests/kernel/threads.hpp"
#include <algorithm>

namespace {

using namespace test;

constexpr std::uint32_t low = 4;
constexpr std::uint32_t middling = 8;
constexpr std::uint32_t high = 11;
constexpr std::uint64_t section_ms = 5;
constexpr std::uint64_t burst_ms = 200;
constexpr std::size_t rounds = 21;
constexpr std::uint64_t work_label = 1;

constinit std::uint64_t section_loops = 0;
constinit HandleValue server = 0;
std::atomic<bool> is_working{false};
std::array<abi::Ticks, rounds> waited{};

void work()
{
    for (std::uint64_t left = section_loops; left != 0; --left)
        asm volatile("" ::: "memory");
}

abi::Ticks time_of_work()
{
    abi::Ticks const begin = after(0);
    work();
    return after(0) - begin;
}

// Alone on its hart: the least of several, because a host may take the hart away.
abi::Ticks least_time_of_work()
{
    abi::Ticks least = ~0ull;
    for (int i = 0; i < 10; ++i)
        least = std::min(least, time_of_work());
    return least;
}

// The critical section: nobody else is served meanwhile.
void serve_one(std::uint64_t, std::uint64_t header, std::uint64_t label, std::uint64_t,
               std::uint64_t, std::uint64_t, std::uint64_t)
{
    if (!is_event(header) && label == work_label) {
        is_working = true;
        work();
        is_working = false;
    }
    sys::reply(Status::ok, {});
}

void keep_server_busy(std::uint64_t)
{
    for (;;)
        (void)call(server, {0, work_label, {}});
}

void be_in_the_way(std::uint64_t)
{
    for (;;) {
        for (abi::Ticks const end = after(burst_ms); after(0) < end;) {
        }
        pause(section_ms - 3);
    }
}

void ask_now_and_then(std::uint64_t)
{
    for (std::size_t i = 0; i < rounds; ++i) {
        pause(i % 7);
        while (!is_working)
            pause(1);
        abi::Ticks const begin = after(0);
        expect_status(call(server).status, Status::ok);
        waited[i] = after(0) - begin;
    }
    shared().word[0] = 1;
}

std::uint64_t microseconds(abi::Ticks ticks) { return ticks * 1000 / milliseconds(1); }

Result<> run(sys::Environment& environment)
{
    auto const power = TRY(environment.take("power"));
    auto const log = TRY(environment.take("log"));
    prepare_children(log.value());
    bool const apart = TRY(sys::kernel_info(log.value())).hart_count > 1;
    section_loops = 100'000;
    section_loops = section_loops * milliseconds(section_ms) / least_time_of_work();
    abi::Ticks const section = least_time_of_work();
    auto const endpoint = serve_calls(serve_one);
    server = endpoint.value();

    std::uint64_t const crowded = apart ? 2 : 0;
    auto const client = start_thread_with_handle(keep_server_busy, 0, low, crowded);
    auto const hog = start_thread_with_handle(be_in_the_way, 0, middling, crowded);
    auto const asking = start_thread_with_handle(ask_now_and_then, 0, high, apart ? 1 : 0);
    while (shared().word[0] == 0)
        pause(20);
    std::ranges::sort(waited);
    sys::log("DONATION section ", microseconds(section), " us, waited ",
             microseconds(waited[rounds / 2]), " us (median), ", microseconds(waited.back()),
             " us (longest)");
    return sys::power(power.value(), abi::PowerAction::off);
}

}  // namespace

int main() { return sys::run(run); }
