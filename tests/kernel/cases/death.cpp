// Who gets what when somebody dies. Exactly one completion for each caller that lives.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

void crash(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
           std::uint64_t)
{
    asm volatile("sd zero, 8(zero)" : : : "memory");
    sys::reply(Status::ok, {});
}

CASE(a_server_that_crashes_answers_peer_died)
{
    Child server;
    auto const endpoint = start_server(server, crash);
    expect_status(call(endpoint).status, Status::peer_died);
    expect_status(call(endpoint).status, Status::peer_died);  // and from now on
    auto const info = server.wait_for_end();
    expect_exception(info, 15);
    expect_equal(info.address, 8);
}

void call_and_note(std::uint64_t endpoint)
{
    auto const answer = call(static_cast<HandleValue>(endpoint));
    shared().word[100 + static_cast<std::uint64_t>(answer.status)]++;
    shared().word[99]++;
}

std::atomic<std::uint64_t>& answers(Status status)
{
    return shared().word[100 + static_cast<std::uint64_t>(status)];
}

CASE_ON_MANY_HARTS(a_server_that_is_killed_answers_all_callers)
{
    Child server;
    auto const endpoint = start_server(server, echo_when_told);
    for (int i = 0; i < 5; i++)
        start_thread(call_and_note, endpoint.value());
    eventually([] { return calls_begun() == 1; });
    pause(30);  // the other four are in the queue
    server.kill();
    eventually([] { return shared().word[99] == 5; });
    expect_equal(answers(Status::peer_died), 5);
}

void forward(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
             std::uint64_t, std::uint64_t)
{
    auto const answer = call(given(1));
    sys::reply(answer.status, {});
}

// client -> middle -> last: the middle dies, the last finishes its work for nobody.
CASE_ON_MANY_HARTS(the_middle_of_a_nested_call_may_die)
{
    auto const last = serve_calls(echo_when_told);
    Child middle;
    middle.give(last.value());
    auto const endpoint = start_server(middle, forward);
    start_thread(call_and_note, endpoint.value());
    eventually([] { return calls_begun() == 1; });
    middle.kill();
    eventually([] { return shared().word[99] == 1; });
    expect_equal(answers(Status::peer_died), 1);
    may_answer() = 1;
    expect_status(call(last).status, Status::ok);
    expect_equal(shared().word[99], 1);
}

CASE(the_end_of_a_nested_call_may_die)
{
    Child last;
    auto const end = start_server(last, echo_when_told);
    Child middle;
    middle.give(end.value());
    auto const endpoint = start_server(middle, forward);
    start_thread(call_and_note, endpoint.value());
    eventually([] { return calls_begun() == 1; });
    last.kill();
    eventually([] { return shared().word[99] == 1; });
    expect_equal(answers(Status::peer_died), 1);
}

// What an abandoned worker may still do: everything but reach its client.
void notice_abandonment(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                        std::uint64_t, std::uint64_t)
{
    calls_begun()++;
    eventually([] { return may_answer() != 0; });
    std::byte bytes[8];
    refused(sys::lease_read(0, 0, 0, bytes), Status::cancelled);
    refused(sys::detach(), Status::cancelled);
    auto const notification = must(sys::notification_create());
    refused(sys::wait(notification.value()), Status::cancelled);
    shared().word[1]++;
    sys::reply(Status::ok, {});
}

CASE(a_worker_goes_on_when_its_client_dies)
{
    auto const endpoint = serve_calls(notice_abandonment);
    Child client;
    client.give(endpoint.value());
    client.start([](std::uint64_t) { call_and_note(given(1)); });
    eventually([] { return calls_begun() == 1; });
    client.kill();
    may_answer() = 1;
    eventually([] { return shared().word[1] == 1; });
    expect_equal(shared().word[99], 0);
}

// client -> middle -> last: the client dies, the chain goes on without it.
CASE_ON_MANY_HARTS(a_client_may_die_in_a_nested_call)
{
    Child last;
    auto const end = start_server(last, echo_when_told);
    Child middle;
    middle.give(end.value());
    auto const endpoint = start_server(middle, forward);
    Child client;
    client.give(endpoint.value());
    client.start([](std::uint64_t) { call_and_note(given(1)); });
    eventually([] { return calls_begun() == 1; });
    client.kill();
    may_answer() = 1;
    expect_status(call(endpoint).status, Status::ok);
    expect_equal(calls_begun(), 2);
    expect_equal(shared().word[99], 0);
}

CASE(a_client_may_die_in_the_queue_of_a_pool)
{
    auto const endpoint = serve_calls(echo_when_told);
    start_thread(call_and_note, endpoint.value());
    eventually([] { return calls_begun() == 1; });
    Child client;
    client.give(endpoint.value());
    client.start([](std::uint64_t) { call_and_note(given(1)); });
    pause(50);
    client.kill();
    may_answer() = 1;
    eventually([] { return shared().word[99] == 1; });
    pause(20);
    expect_equal(calls_begun(), 1);
    expect_status(call(endpoint).status, Status::ok);
}

CASE(threads_may_die_while_they_wait)
{
    Child child;
    child.start([](std::uint64_t) {
        static constinit std::uint32_t word = 0;
        static HandleValue notification;
        notification = must(sys::notification_create()).release();
        start_thread([](std::uint64_t) { (void)sys::wait(notification); });
        start_thread([](std::uint64_t) { (void)sys::wait(notification, after(60'000)); });
        start_thread([](std::uint64_t) { (void)sys::futex_wait(&word, 0); });
        start_thread([](std::uint64_t) { (void)sys::futex_wait(&word, 0, after(60'000)); });
        pause(50);
        shared().word[0] = 1;
        stay();
    });
    eventually([] { return shared().word[0] == 1; });
    child.kill();
    expect(child.wait_for_end().reason == abi::EndReason::killed);
}

// The pool's own slice does the work, so the middle waits with the client's slice at rest.
CASE(the_middle_may_die_while_a_pool_works_on_its_own_slice)
{
    auto const pool = make_pool(echo_when_told, abi::with(abi::PoolFlags::own_slice));
    add_worker(pool);
    auto const last = make_endpoint(pool);
    Child middle;
    middle.give(last.value());
    auto const endpoint = start_server(middle, forward);
    start_thread(call_and_note, endpoint.value());
    eventually([] { return calls_begun() == 1; });
    middle.kill();
    eventually([] { return shared().word[99] == 1; });
    expect_equal(answers(Status::peer_died), 1);
    may_answer() = 1;
    expect_status(call(last).status, Status::ok);
}

CASE(a_worker_that_ends_answers_peer_died)
{
    auto const pool = make_pool([](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                                   std::uint64_t, std::uint64_t, std::uint64_t) {
        if (calls_begun()++ == 0)
            sys::thread_exit();
        sys::reply(Status::ok, {});
    });
    add_worker(pool);
    add_worker(pool);
    auto const endpoint = make_endpoint(pool);
    expect_status(call(endpoint).status, Status::peer_died);
    expect_status(call(endpoint).status, Status::ok);
}

CASE(a_server_may_kill_its_client_in_the_call)
{
    static HandleValue victim;
    Child client;
    auto const endpoint = serve_calls([](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                                         std::uint64_t, std::uint64_t, std::uint64_t) {
        must(sys::process_kill(victim, 3));
        calls_begun()++;
        sys::reply(Status::ok, {});
    });
    victim = client.process();
    client.give(endpoint.value());
    client.start([](std::uint64_t) { call_and_note(given(1)); });
    expect_equal(client.wait_for_end().exit_code, 3);
    eventually([] { return calls_begun() == 1; });
    expect_equal(shared().word[99], 0);
}

CASE(a_client_may_kill_the_server_that_serves_another)
{
    Child server;
    auto const endpoint = start_server(server, echo_when_told, 0, 2);
    for (int i = 0; i < 2; i++)
        start_thread(call_and_note, endpoint.value());
    eventually([] { return calls_begun() == 2; });
    server.kill();
    eventually([] { return shared().word[99] == 2; });
    expect_equal(answers(Status::peer_died), 2);
}

}  // namespace
