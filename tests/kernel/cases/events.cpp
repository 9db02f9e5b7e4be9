// What workers are told without a client: notifications, and endpoints that nobody holds any more.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

constexpr std::uint64_t events = 0;  // words of the shared page: how many events of each kind,
constexpr std::uint64_t closed = 1;
constexpr std::uint64_t badge_seen = 2;  // and what the last one said
constexpr std::uint64_t bits_seen = 3;

// Notes events; a call waits until it may answer.
void note_events(std::uint64_t badge, std::uint64_t header, std::uint64_t label,
                 std::uint64_t word0, std::uint64_t, std::uint64_t, std::uint64_t)
{
    if (!is_event(header)) {
        calls_begun()++;
        eventually([] { return may_answer() != 0; });
        sys::reply(Status::ok, {});
    }
    bool const is_closed = static_cast<abi::Event>(label) == abi::Event::closed;
    shared().word[badge_seen] = badge;
    shared().word[bits_seen] = shared().word[bits_seen] | word0;
    shared().word[is_closed ? closed : events]++;
    sys::reply(Status::ok, {});
}

CASE(a_bound_notification_wakes_a_worker_with_its_badge_and_bits)
{
    auto const pool = make_pool(note_events);
    add_worker(pool);
    auto const notification = must(sys::notification_create());
    must(sys::bind(pool.value(), notification.value(), 77));
    must(sys::signal(notification.value(), 0x8000'0000'0000'0005));
    eventually([] { return shared().word[events] == 1; });
    expect_equal(shared().word[badge_seen], 77);
    expect_equal(shared().word[bits_seen], 0x8000'0000'0000'0005);
    refused(sys::wait(notification.value(), 0), Status::busy);
    refused(sys::bind(pool.value(), notification.value(), 1), Status::busy);
}

CASE(bits_that_come_before_the_binding_are_delivered)
{
    auto const pool = make_pool(note_events);
    add_worker(pool);
    auto const notification = must(sys::notification_create());
    must(sys::signal(notification.value(), 6));
    must(sys::bind(pool.value(), notification.value(), 1));
    eventually([] { return shared().word[events] == 1; });
    expect_equal(shared().word[bits_seen], 6);
}

void call_once(std::uint64_t endpoint)
{
    shared().word[50] = static_cast<std::uint64_t>(call(static_cast<HandleValue>(endpoint)).status);
    shared().word[51]++;
}

CASE(signals_to_a_busy_pool_become_one_event)
{
    auto const pool = make_pool(note_events);
    add_worker(pool);
    auto const endpoint = make_endpoint(pool);
    auto const notification = must(sys::notification_create());
    must(sys::bind(pool.value(), notification.value(), 1));
    start_thread(call_once, endpoint.value());
    eventually([] { return calls_begun() == 1; });
    for (unsigned bit = 0; bit < 64; bit++)
        must(sys::signal(notification.value(), 1ull << bit));
    may_answer() = 1;
    eventually([] { return shared().word[events] != 0; });
    expect_equal(shared().word[bits_seen], ~0ull);
    pause(20);
    expect_equal(shared().word[events], 1);
}

CASE(the_last_handle_of_an_endpoint_closes_it)
{
    auto const pool = make_pool(note_events);
    add_worker(pool);
    auto endpoint = make_endpoint(pool, 0xabc);
    auto copy = must(sys::duplicate(endpoint.value()));
    endpoint = {};
    pause(20);
    expect_equal(shared().word[closed], 0);
    copy = {};
    eventually([] { return shared().word[closed] == 1; });
    expect_equal(shared().word[badge_seen], 0xabc);
    pause(20);
    expect_equal(shared().word[closed], 1);
}

CASE(many_endpoints_close_one_by_one)
{
    auto const pool = make_pool(note_events);
    add_worker(pool);
    for (std::uint64_t i = 0; i < 100; i++)
        (void)make_endpoint(pool, i);
    eventually([] { return shared().word[closed] == 100; });
}

CASE(a_closed_endpoint_waits_for_the_call_that_runs_in_it)
{
    auto const pool = make_pool(note_events);
    add_worker(pool);
    add_worker(pool);
    auto endpoint = make_endpoint(pool, 5);
    start_thread(call_once, endpoint.value());
    eventually([] { return calls_begun() == 1; });
    endpoint = {};
    pause(50);
    expect_equal(shared().word[closed], 0);
    may_answer() = 1;
    eventually([] { return shared().word[closed] == 1; });
    expect_equal(shared().word[50], 0);
}

CASE_ON_MANY_HARTS(a_closed_endpoint_waits_for_a_call_whose_client_has_died)
{
    auto const pool = make_pool(note_events);
    add_worker(pool);
    add_worker(pool);
    auto endpoint = make_endpoint(pool, 5);
    Child client;
    client.give(endpoint.value());
    client.start([](std::uint64_t) { call_once(given(1)); });
    eventually([] { return calls_begun() == 1; });
    endpoint = {};
    client.kill();
    pause(50);
    expect_equal(shared().word[closed], 0);
    may_answer() = 1;
    eventually([] { return shared().word[closed] == 1; });
}

CASE(revoked_endpoints_refuse_calls_and_send_no_closed)
{
    auto const pool = make_pool(note_events);
    add_worker(pool);
    auto endpoint = make_endpoint(pool, 5);
    start_thread(call_once, endpoint.value());
    eventually([] { return calls_begun() == 1; });
    start_thread(call_once, endpoint.value());  // waits for the worker
    pause(30);
    must(sys::revoke(endpoint.value()));
    eventually([] { return shared().word[51] == 1; });
    expect_equal(shared().word[50], static_cast<std::uint64_t>(Status::revoked));
    expect_status(call(endpoint).status, Status::revoked);
    endpoint = {};
    may_answer() = 1;
    eventually([] { return shared().word[51] == 2; });  // the running call ends as it would have
    expect_equal(shared().word[50], 0);
    pause(30);
    expect_equal(shared().word[closed], 0);
}

CASE(a_notification_outlives_the_pool_that_it_was_queued_for)
{
    auto const notification = must(sys::notification_create());
    Child server;
    server.give(notification.value());
    server.start([](std::uint64_t) {
        auto const pool = make_pool(note_events);  // without a worker: the event stays queued
        must(sys::bind(pool.value(), given(1), 1));
        shared().word[50] = 1;
        stay();
    });
    eventually([] { return shared().word[50] == 1; });
    must(sys::signal(notification.value(), 1));
    server.kill();
    auto const pool = make_pool(note_events);
    add_worker(pool);
    must(sys::bind(pool.value(), notification.value(), 2));
    must(sys::signal(notification.value(), 2));
    eventually([] { return shared().word[events] >= 1; });
}

// Exits as a worker while it handles an event: the pool's slice goes on to the next.
void end_at_first_event(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                        std::uint64_t, std::uint64_t)
{
    if (shared().word[events]++ == 0) {
        pause(30);  // the second event comes meanwhile
        sys::thread_exit();
    }
    sys::reply(Status::ok, {});
}

CASE(a_worker_may_end_while_it_handles_an_event)
{
    auto const pool = make_pool(end_at_first_event);
    add_worker(pool);
    add_worker(pool);
    Handle notifications[2];
    for (auto& notification : notifications) {
        notification = must(sys::notification_create());
        must(sys::bind(pool.value(), notification.value(), 1));
    }
    must(sys::signal(notifications[0].value(), 1));
    eventually([] { return shared().word[events] == 1; });
    must(sys::signal(notifications[1].value(), 1));
    eventually([] { return shared().word[events] == 2; });
}

}  // namespace
