// Time: deadlines, timers, futexes, and who gets the hart.
#include "lib/sys/clock.hpp"
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

CASE(a_deadline_ends_a_wait)
{
    auto const notification = must(sys::notification_create());
    refused(sys::wait(notification.value(), 0), Status::timed_out);
    refused(sys::wait(notification.value(), 1), Status::timed_out);
    abi::Ticks const deadline = after(30);
    refused(sys::wait(notification.value(), deadline), Status::timed_out);
    expect(sys::now() >= deadline);
    must(sys::signal(notification.value(), 3));
    expect_equal(must(sys::wait(notification.value(), 0)), 3);  // what is there comes first
    expect_equal(must(sys::poll(notification.value())), 0);
}

CASE(a_signal_ends_a_wait)
{
    static Handle notification;
    notification = must(sys::notification_create());
    start_thread([](std::uint64_t) {
        pause(20);
        must(sys::signal(notification.value(), 0x10));
        must(sys::signal(notification.value(), 0x20));
    });
    std::uint64_t bits = 0;
    while (bits != 0x30)
        bits |= wait_for(notification);
}

CASE_ON_MANY_HARTS(each_signal_wakes_one_of_many_waiters)
{
    static Handle notification;
    notification = must(sys::notification_create());
    for (int i = 0; i < 8; i++)
        start_thread([](std::uint64_t) {
            wait_for(notification);
            shared().word[0]++;
        });
    pause(50);
    for (std::uint64_t i = 1; i <= 8; i++) {
        must(sys::signal(notification.value(), 1));
        eventually([i] { return shared().word[0] == i; });
    }
}

CASE(a_timer_fires_once_or_again_and_again)
{
    auto const notification = must(sys::notification_create());
    must(sys::arm(notification.value(), 1, after(20)));
    expect_equal(wait_for(notification), 1);
    refused(sys::wait(notification.value(), after(30)), Status::timed_out);
    must(sys::arm(notification.value(), 2, after(5), milliseconds(5)));
    for (int i = 0; i < 10; i++)
        expect_equal(wait_for(notification), 2);
    must(sys::arm(notification.value(), 2, abi::never));
    (void)must(sys::poll(notification.value()));
    refused(sys::wait(notification.value(), after(30)), Status::timed_out);
    must(sys::arm(notification.value(), 4, 0));  // long past
    expect_equal(wait_for(notification), 4);
    refused(sys::arm(notification.value(), 0, 1), Status::bad_argument);
    refused(sys::arm(notification.value(), 3, 1), Status::bad_argument);
}

// Periods that are too short to live with, or so long that times overflow.
CASE(no_timer_stops_the_machine)
{
    constexpr abi::Ticks periods[] = {1, 2, 10, ~0ull, ~0ull - 1, 1ull << 63, (1ull << 63) - 1};
    for (abi::Ticks period : periods) {
        auto const notification = must(sys::notification_create());
        must(sys::arm(notification.value(), 1, 0, period));
        must(sys::arm(notification.value(), 2, sys::now() + 1, period));
        must(sys::arm(notification.value(), 4, abi::never - 1, period));
        pause(20);
        expect((wait_for(notification) & 3) != 0);
    }
}

CASE(many_short_timers_leave_time_for_others)
{
    static Handle notifications[50];
    for (auto& notification : notifications) {
        notification = must(sys::notification_create());
        for (unsigned bit = 0; bit < 64; bit++)
            (void)sys::arm(notification.value(), 1ull << bit, 0, 1);  // or there are too many
    }
    std::uint64_t volatile work = 0;
    for (int i = 0; i < 1'000'000; i++)
        work = work + 1;
    pause(10);
}

constinit std::uint32_t futex_word = 7;

CASE(a_futex_waits_only_while_its_word_has_the_value)
{
    refused(sys::futex_wait(&futex_word, 8), Status::busy);
    refused(sys::futex_wait(&futex_word, 7, 0), Status::timed_out);
    refused(sys::futex_wait(&futex_word, 7, after(20)), Status::timed_out);
    auto const at = [](std::uint64_t address) {
        return sys::ecall(abi::Syscall::futex_wait, address, 0, abi::never).status;
    };
    expect_status(at(sys::address_of(&futex_word) + 1), Status::bad_argument);
    expect_status(at(0), Status::bad_address);
    expect_status(at(0x5000'0000), Status::bad_address);
    expect_status(at(0xffff'ffff'8000'0000), Status::bad_address);
    expect_equal(must(sys::futex_wake(&futex_word, 100)), 0);
}

CASE(a_futex_wakes_as_many_as_are_asked_for)
{
    for (int i = 0; i < 5; i++)
        start_thread([](std::uint64_t) {
            must(sys::futex_wait(&futex_word, 7));
            shared().word[0]++;
        });
    std::uint64_t woken = 0;
    while (woken < 2)
        woken += must(sys::futex_wake(&futex_word, 2 - woken));
    eventually([] { return shared().word[0] == 2; });
    pause(20);
    expect_equal(shared().word[0], 2);
    while (woken < 5)
        woken += must(sys::futex_wake(&futex_word, ~0ull));
    eventually([] { return shared().word[0] == 5; });
}

void count_for_ever(std::uint64_t place)
{
    for (;;)
        shared().word[place] = shared().word[place] + 1;
}

// More threads than harts, none of which ever gives up its hart.
CASE_ON_MANY_HARTS(endless_loops_share_the_harts)
{
    constexpr std::uint64_t loops = 9;
    for (std::uint64_t i = 0; i < loops; i++)
        start_thread(count_for_ever, i);
    eventually([] {
        for (std::uint64_t i = 0; i < loops; i++)
            if (shared().word[i] < 1000)
                return false;
        return true;
    });
}

CASE_ON_MANY_HARTS(a_higher_priority_runs_first)
{
    std::uint32_t const low = sys::start_info().priority - 3;
    for (std::uint64_t i = 0; i < 9; i++)
        start_thread(count_for_ever, i, low);
    for (int i = 0; i < 20; i++) {  // timers and calls of this thread are served at once
        abi::Ticks const deadline = after(5);
        pause(5);
        expect(sys::now() < deadline + milliseconds(1000));
    }
    auto const endpoint = serve(echo);
    for (int i = 0; i < 1000; i++)
        expect_status(call(endpoint).status, Status::ok);
}

CASE(yielding_lets_others_of_the_same_priority_run)
{
    for (std::uint64_t i = 0; i < 6; i++)
        start_thread(
            [](std::uint64_t place) {
                for (;;) {
                    shared().word[place]++;
                    sys::yield();
                }
            },
            i);
    eventually([] {
        for (std::uint64_t i = 0; i < 6; i++)
            if (shared().word[i] < 100)
                return false;
        return true;
    });
}

}  // namespace
