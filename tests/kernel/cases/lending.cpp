// Who waits for a worker, or for a lock, helps who has it. Architecture, section 2, items 3 to 5.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

std::atomic<std::uint64_t>& word(std::size_t index) { return shared().word[index]; }

// On hart 0 alone, at a priority; 24 is this program's own, and runs before the others.
void set_place(HandleValue thread, std::uint64_t priority, abi::Ticks budget = 0,
               abi::Ticks period = 0)
{
    must(sys::schedule(thread, {priority, budget, period, 1}));
}

// A server that computes while word 201 is 0, which takes CPU time.
void echo_when_told_busily(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                           std::uint64_t, std::uint64_t, std::uint64_t)
{
    calls_begun()++;
    while (may_answer() == 0)
        word(10)++;
    sys::reply(Status::ok, {});
}

void call_and_count(std::uint64_t endpoint)
{
    expect_status(call(static_cast<HandleValue>(endpoint)).status, Status::ok);
    word(1)++;
}

void spin(std::uint64_t)
{
    while (word(2) == 0)
        word(11)++;
}

// Rounds that a server makes in 50 ms for a client of priority 5 when a hog of priority 10 keeps
// the hart and a client of priority 15 waits for the server's only worker.
std::uint64_t rounds_beside_a_hog(abi::PoolOptions const& options)
{
    auto const pool = make_pool(echo_when_told_busily, options);
    add_worker(pool);
    auto const endpoint = make_endpoint(pool);
    set_place(pool.value(), 5);
    auto const low = start_thread_with_handle(call_and_count, endpoint.value(), 5, 1);
    eventually([] { return calls_begun() == 1; });
    auto const hog = start_thread_with_handle(spin, 0, 10, 1);
    eventually([] { return word(11) != 0; });
    auto const high = start_thread_with_handle(call_and_count, endpoint.value(), 15, 1);
    pause(20);
    std::uint64_t const before = word(10);
    pause(50);
    std::uint64_t const rounds = word(10) - before;
    may_answer() = 1;
    word(2) = 1;
    eventually([] { return word(1) == 2; });
    return rounds;
}

CASE(a_waiting_client_lends_its_priority_to_the_holder_of_the_worker)
{
    expect(rounds_beside_a_hog({}) > 100);
}

CASE(without_lending_a_hog_in_between_keeps_the_server_from_its_work)
{
    expect_equal(rounds_beside_a_hog(abi::with(abi::PoolFlags::own_slice)), 0);
}

// high (20) waits for a middle server, held by low (5), who waits for the last one, held by
// lowest (3): the hog at 10 delays none of them.
CASE(lending_goes_on_through_chains)
{
    auto const last = serve(echo_when_told_busily);
    static HandleValue last_value;
    last_value = last.value();
    auto const middle = serve([](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                                 std::uint64_t, std::uint64_t, std::uint64_t) {
        word(5)++;
        sys::reply(call(last_value).status, {});
    });
    auto const lowest = start_thread_with_handle(call_and_count, last.value(), 3, 1);
    eventually([] { return calls_begun() == 1; });
    auto const low = start_thread_with_handle(call_and_count, middle.value(), 5, 1);
    eventually([] { return word(5) == 1; });
    auto const hog = start_thread_with_handle(spin, 0, 10, 1);
    eventually([] { return word(11) != 0; });
    pause(20);  // it may have to come from another hart
    std::uint64_t const before = word(10);
    pause(20);
    expect_equal(word(10), before);
    auto const high = start_thread_with_handle(call_and_count, middle.value(), 20, 1);
    eventually([&] { return word(10) > before; });
    may_answer() = 1;
    eventually([] { return word(1) == 3 || word(5) == 2; });
    word(2) = 1;
    eventually([] { return word(1) == 3; });
}

CASE(calls_in_a_circle_are_a_deadlock_over_two_chains)
{
    static std::array<HandleValue, 2> endpoints;
    auto const cross = [](std::uint64_t badge, std::uint64_t, std::uint64_t, std::uint64_t,
                          std::uint64_t, std::uint64_t, std::uint64_t) {
        if (word(badge)++ == 0)
            eventually([] { return word(0) != 0 && word(1) != 0; });
        Status const status = call(endpoints[1 - badge]).status;
        sys::reply(status, {});
    };
    auto const first = serve(cross, 0);
    auto const second = serve(cross, 1);
    endpoints = {first.value(), second.value()};
    static auto const note = [](std::uint64_t endpoint) {
        Status const status = call(static_cast<HandleValue>(endpoint)).status;
        expect_status(status, Status::deadlock);
        word(20)++;
    };
    start_thread(note, first.value());
    start_thread(note, second.value());
    eventually([] { return word(20) == 2; });
}

CASE(a_pool_may_refuse_instead_of_letting_wait)
{
    auto const pool = make_pool(echo_when_told, abi::with(abi::PoolFlags::refuse));
    add_worker(pool);
    auto const endpoint = make_endpoint(pool);
    start_thread(call_and_count, endpoint.value());
    eventually([] { return calls_begun() == 1; });
    expect_status(call(endpoint).status, Status::busy);
    may_answer() = 1;
    eventually([] { return word(1) == 1; });
    expect_status(call(endpoint).status, Status::ok);
}

std::uint32_t lock_word = 1;

void hold_lock(std::uint64_t)
{
    word(3) = 1;
    while (may_answer() == 0)
        word(10)++;
    std::atomic_ref{lock_word} = 0;
    must(sys::futex_wake(&lock_word, 1));
}

HandleValue owner_of_lock;

void want_lock(std::uint64_t)
{
    while (std::atomic_ref{lock_word} != 0)
        (void)sys::futex_wait(&lock_word, 1, abi::never, owner_of_lock);
    word(1)++;
}

CASE(who_waits_for_a_lock_lends_to_its_owner)
{
    auto const low = start_thread_with_handle(hold_lock, 0, 5, 1);
    owner_of_lock = low.value();
    eventually([] { return word(3) == 1; });
    auto const hog = start_thread_with_handle(spin, 0, 10, 1);
    eventually([] { return word(11) != 0; });
    pause(20);  // it may have to come from another hart
    std::uint64_t const before = word(10);
    pause(20);
    expect_equal(word(10), before);
    auto const high = start_thread_with_handle(want_lock, 0, 15, 1);
    eventually([&] { return word(10) > before; });
    may_answer() = 1;
    eventually([] { return word(1) == 1; });
    word(2) = 1;
}

CASE(who_waits_for_a_lock_of_its_own_is_in_a_deadlock)
{
    static HandleValue self;
    static std::uint32_t word_of_lock = 7;
    auto const thread = start_thread_with_handle(
        [](std::uint64_t) {
            eventually([] { return word(7) != 0; });
            refused(sys::futex_wait(&word_of_lock, 7, abi::never, self), Status::deadlock);
            word(1)++;
        },
        0, 5, 0);
    self = thread.value();
    word(7) = 1;
    eventually([] { return word(1) == 1; });
}

// Events come before the callers that wait, and the pool's slice helps the worker until it can.
CASE(a_pool_with_events_helps_its_busy_worker)
{
    static auto const service = [](std::uint64_t, std::uint64_t header, std::uint64_t,
                                   std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t) {
        if (is_event(header)) {
            word(4)++;
            sys::reply(Status::ok, {});
        }
        echo_when_told_busily(0, 0, 0, 0, 0, 0, 0);
    };
    auto const pool = make_pool(service);
    add_worker(pool);
    auto const endpoint = make_endpoint(pool);
    auto const notification = must(sys::notification_create());
    must(sys::bind(pool.value(), notification.value(), 0));
    set_place(pool.value(), 15);
    auto const low = start_thread_with_handle(call_and_count, endpoint.value(), 5, 1);
    eventually([] { return calls_begun() == 1; });
    auto const hog = start_thread_with_handle(spin, 0, 10, 1);
    eventually([] { return word(11) != 0; });
    pause(20);  // it may have to come from another hart
    std::uint64_t const before = word(10);
    pause(20);
    expect_equal(word(10), before);
    must(sys::signal(notification.value(), 1));
    eventually([&] { return word(10) > before; });
    may_answer() = 1;
    eventually([] { return word(4) == 1; });
    word(2) = 1;
    eventually([] { return word(1) == 1; });
}

CASE(a_thread_stays_on_the_harts_it_may_use)
{
    auto const thread = start_thread_with_handle(spin, 0, 5, 1);
    refused(sys::schedule(thread.value(), {5, 0, 0, 1ull << 63}), Status::bad_argument);
    refused(sys::schedule(thread.value(), {25, 0, 0, 0}), Status::bad_argument);
    refused(sys::schedule(thread.value(), {5, 100, 50, 0}), Status::bad_argument);
    must(sys::schedule(thread.value(), {5, 0, 0, 0}));
    word(2) = 1;
}

}  // namespace
