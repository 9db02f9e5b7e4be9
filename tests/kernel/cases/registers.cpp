// Registers: interrupted code sees nothing but delay, and nobody sees another's.
#include "tests/kernel/threads.hpp"
#include "tests/regcheck/regcheck.hpp"

namespace {

using namespace test;

CASE_ON_MANY_HARTS(registers_are_kept_when_threads_take_turns)
{
    constexpr std::uint64_t threads = 6;
    for (std::uint64_t i = 0; i < threads; i++)
        start_thread(
            [](std::uint64_t place) {
                for (abi::Ticks const end = after(500 * shared().effort); after(0) < end;)
                    shared().word[0] += check_registers(place << 40, 200);
                shared().word[1]++;
            },
            i + 1);
    auto const ticks = must(sys::notification_create());
    must(sys::arm(ticks.value(), 1, 0, milliseconds(1)));
    while (shared().word[1] != threads)
        wait_for(ticks);  // wakes at once and takes the hart away
    expect_equal(shared().word[0], 0);
}

Handle serve_registers(std::size_t workers)
{
    auto const pool =
        must(sys::pool_create(reinterpret_cast<std::uint64_t>(&check_registers_of_worker), 10));
    for (std::size_t i = 0; i < workers; i++)
        add_worker(pool);
    return make_endpoint(pool);
}

CASE_ON_MANY_HARTS(a_call_keeps_what_a_function_keeps_and_leaks_nothing)
{
    auto const endpoint = serve_registers(1);
    std::uint64_t i = 0;
    for (Rounds rounds{2000}; rounds.another(); i++)
        expect_equal(check_registers_across_call(i << 32 | 0x100, endpoint.value()), 0);
}

// Workers that use floating point move from hart to hart, as idle ones and in calls.
CASE_ON_MANY_HARTS(registers_are_kept_when_calls_move_between_harts)
{
    static Handle endpoint;
    endpoint = serve_registers(3);
    constexpr std::uint64_t threads = 5;
    for (std::uint64_t i = 0; i < threads; i++)
        start_thread(
            [](std::uint64_t place) {
                std::uint64_t n = 0;
                for (Rounds rounds{3000}; rounds.another(); n++) {
                    shared().word[0] += check_registers_across_call(place << 40, endpoint.value());
                    if (n % 64 == 0)
                        shared().word[0] += check_registers(place << 40, 20);
                }
                shared().word[1]++;
            },
            i + 1);
    auto const ticks = must(sys::notification_create());
    must(sys::arm(ticks.value(), 1, 0, milliseconds(1)));
    while (shared().word[1] != threads)
        wait_for(ticks);
    expect_equal(shared().word[0], 0);
}

void check_then_crash(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                      std::uint64_t, std::uint64_t)
{
    asm volatile("fmv.d.x fs0, %0\nfmv.d.x fs11, %0\nsd zero, 8(zero)" : : "r"(99));
}

// The client's floating-point registers are in the hart when the server dies.
CASE_ON_MANY_HARTS(registers_are_kept_when_a_server_dies)
{
    std::uint64_t i = 0;
    for (Rounds rounds{10}; rounds.another(); i++) {
        Child server;
        auto const endpoint = start_server(server, check_then_crash);
        std::uint64_t const differences =
            check_registers_across_call(i << 32 | 8, endpoint.value());
        expect(server.wait_for_end().reason == abi::EndReason::exception);
        expect_equal(differences, static_cast<std::uint64_t>(Status::peer_died));
    }
}

}  // namespace
