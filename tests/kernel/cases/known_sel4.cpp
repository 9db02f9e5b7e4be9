// What went wrong in seL4 where servers run on their clients' slices: docs/known-bugs.md.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

std::atomic<std::uint64_t>& word(std::size_t index) { return shared().word[index]; }

constinit HandleValue event_done = 0;

// Answers calls; counts events in word 0 and signals `event_done`.
void take_calls_and_events(std::uint64_t, std::uint64_t header, std::uint64_t label, std::uint64_t,
                           std::uint64_t, std::uint64_t, std::uint64_t)
{
    if (is_event(header) && abi::Event{label} == abi::Event::notification) {
        word(0)++;
        must(sys::signal(event_done, 1));
    }
    sys::reply(Status::ok, {});
}

// A pool with one worker and a notification.
struct EventServer {
    explicit EventServer(Service service = take_calls_and_events) : pool{make_pool(service)}
    {
        event_done = done.value();
        must(sys::bind(pool.value(), notification.value(), 0));
    }
    void signal() const { must(sys::signal(notification.value(), 1)); }

    Handle done = must(sys::notification_create());
    Handle pool;
    Handle notification = must(sys::notification_create());
    Handle endpoint = make_endpoint(pool);
};

CASE(a_message_without_a_slice_leaves_no_worker_standing)
{
    EventServer const server;
    add_worker(server.pool);
    for (std::uint64_t i = 1; i <= 3; i++) {
        Child client;
        client.give(server.notification.value(), sys::rights(abi::Right::signal));
        client.start([](std::uint64_t) { must(sys::signal(given(1), 1)); });
        (void)client.wait_for_end();
        (void)wait_for(server.done);
        expect_equal(word(0), i);
        expect_status(call(server.endpoint).status, Status::ok);
    }
}

CASE(a_signal_between_the_binding_and_the_first_worker_is_not_lost)
{
    EventServer const server;
    server.signal();
    refused(sys::wait(server.done.value(), after(20)), Status::timed_out);
    add_worker(server.pool);
    (void)wait_for(server.done);
    expect_status(call(server.endpoint).status, Status::ok);
}

void call_until_told(std::uint64_t endpoint)
{
    while (word(2) == 0)
        expect_status(call(static_cast<HandleValue>(endpoint)).status, Status::ok);
    word(3)++;
}

CASE_ON_MANY_HARTS(a_worker_that_answers_on_one_hart_takes_an_event_on_another)
{
    on_hart(first_hart, [](std::uint64_t other) {
        EventServer const server;
        add_worker(server.pool);
        must(sys::schedule(server.pool.value(), {10, 0, 0, other}));
        auto const client =
            start_thread_with_handle(call_until_told, server.endpoint.value(), 10, first_hart);
        for (Rounds rounds{300}; rounds.another();) {
            server.signal();
            (void)wait_for(server.done);
        }
        word(2) = 1;
        eventually([] { return word(3) == 1; });
    });
}

void call_and_count(std::uint64_t endpoint)
{
    expect_status(call(static_cast<HandleValue>(endpoint)).status, Status::ok);
    word(1)++;
}

void call_and_keep_the_hart(std::uint64_t endpoint)
{
    call_and_count(endpoint);
    while (word(2) == 0) {
    }
    word(3)++;
}

void compute_until_told(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                        std::uint64_t, std::uint64_t)
{
    calls_begun()++;
    while (may_answer() == 0)
        word(10)++;
    sys::reply(Status::ok, {});
}

// The second caller's hart has nothing to do until the worker comes over from the first's.
void let_two_call(HandleValue endpoint, std::uint64_t other)
{
    calls_begun() = may_answer() = word(1) = word(2) = word(3) = 0;
    auto const first = start_thread_with_handle(call_and_keep_the_hart, endpoint, 10, first_hart);
    eventually([] { return calls_begun() == 1; });
    auto const second = start_thread_with_handle(call_and_count, endpoint, 10, other);
    pause(2);
    may_answer() = 1;
    eventually([] { return word(1) == 2; });
    word(2) = 1;
    eventually([] { return word(3) == 1; });
}

CASE_ON_MANY_HARTS(a_worker_that_answers_on_one_hart_serves_who_waits_on_another)
{
    on_hart(first_hart, [](std::uint64_t other) {
        auto const endpoint = serve_calls(compute_until_told);
        for (int i = 0; i < 20 && other != first_hart; i++)
            let_two_call(endpoint.value(), other);
    });
}

void spin(std::uint64_t)
{
    while (word(2) == 0)
        word(11)++;
}

Handle start_spinning(std::uint32_t priority)
{
    std::uint64_t const before = word(11);
    auto thread = start_thread_with_handle(spin, 0, priority, first_hart);
    eventually([before] { return word(11) != before; });
    return thread;
}

bool makes_progress()
{
    std::uint64_t const before = word(10);
    pause(20);
    return word(10) != before;
}

// Who spins on the first hart comes after what ran there, and runs nevertheless.
void expect_first_hart_to_be_free(std::uint64_t other)
{
    if (other == first_hart)
        return;
    auto const spinning = start_spinning(5);
    expect(makes_progress());
    word(2) = 1;
}

CASE_ON_MANY_HARTS(a_call_that_runs_goes_with_its_slice_to_another_hart)
{
    on_hart(other_hart(), [](std::uint64_t other) {
        auto const endpoint = serve_calls(compute_until_told);
        auto const client =
            start_thread_with_handle(call_and_count, endpoint.value(), 10, first_hart);
        eventually([] { return calls_begun() == 1; });
        must(sys::schedule(client.value(), {10, 0, 0, other}));
        expect_first_hart_to_be_free(other);
        may_answer() = 1;
        eventually([] { return word(1) == 1; });
    });
}

HandleValue own_thread;

void move_away_and_compute(std::uint64_t hart)
{
    eventually([] { return word(7) != 0; });
    must(sys::schedule(own_thread, {10, 0, 0, hart}));
    for (word(1) = 1; word(3) == 0;)
        word(10)++;
    word(4) = 1;
}

CASE_ON_MANY_HARTS(a_thread_may_send_itself_to_another_hart)
{
    on_hart(other_hart(), [](std::uint64_t other) {
        auto const thread = start_thread_with_handle(move_away_and_compute, other, 10, first_hart);
        own_thread = thread.value();
        word(7) = 1;
        eventually([] { return word(1) == 1; });
        expect_first_hart_to_be_free(other);
        word(3) = 1;
        eventually([] { return word(4) == 1; });
    });
}

CASE_ON_MANY_HARTS(a_call_that_stands_still_goes_with_its_slice_to_an_idle_hart)
{
    on_hart(first_hart, [](std::uint64_t other) {
        auto const endpoint = serve_calls(compute_until_told);
        auto const client =
            start_thread_with_handle(call_and_count, endpoint.value(), 10, first_hart);
        eventually([] { return calls_begun() == 1; });
        auto const hog = start_spinning(15);
        expect(!makes_progress());
        must(sys::schedule(client.value(), {10, 0, 0, other}));
        if (other != first_hart)
            eventually(makes_progress);
        may_answer() = word(2) = 1;
        eventually([] { return word(1) == 1; });
    });
}

void compute_on_a_budget(std::uint64_t hart)
{
    auto const thread = start_thread_with_handle(
        [](std::uint64_t) {
            for (;;)
                word(10)++;
        },
        0, 10, hart);
    must(sys::schedule(thread.value(), {10, milliseconds(1), milliseconds(3), hart}));
    stay();
}

CASE_ON_MANY_HARTS(a_slice_that_another_hart_runs_may_be_destroyed)
{
    std::uint64_t round = 0;
    for (Rounds rounds{40}; rounds.another(); round++) {
        std::uint64_t const before = word(10);
        Child child;
        child.start(compute_on_a_budget, other_hart());
        eventually([before] { return word(10) > before + 1000; });
        pause(round % 3);
        child.kill();
    }
}

void take_calls_and_follow_up(std::uint64_t badge, std::uint64_t header, std::uint64_t label,
                              std::uint64_t word0, std::uint64_t, std::uint64_t, std::uint64_t)
{
    if (is_event(header) && word(1) != 0) {
        word(1)--;
        must(sys::signal(own_thread, 1));  // while the pool's slice is busy with this one
    }
    take_calls_and_events(badge, header, label, word0, 0, 0, 0);
}

CASE(the_slice_of_a_pool_is_free_again_after_each_event)
{
    EventServer const server{take_calls_and_follow_up};
    own_thread = server.notification.value();
    add_worker(server.pool);
    constexpr std::uint64_t rounds = 50;
    for (std::uint64_t i = 0; i < rounds; i++) {
        word(1) = 1;
        server.signal();
        eventually([i] { return word(0) == 2 * (i + 1); });
        expect_status(call(server.endpoint).status, Status::ok);
    }
}

// Answers with a handle, at once or later.
void answer_with_handle(std::uint64_t, std::uint64_t, std::uint64_t label, std::uint64_t rights,
                        std::uint64_t move, std::uint64_t, std::uint64_t)
{
    auto made = must(sys::notification_create());
    auto weak = must(sys::duplicate(made.value(), static_cast<sys::Rights>(rights)));
    own_buffer().handles[0] = {weak.release(), 0, static_cast<std::uint16_t>(move)};
    sys::MessageHeader const header = abi::MessageHeader::make(0, 1);
    if (label == 0)
        sys::reply(Status::ok, {header.bits, 0, {}});
    std::uint64_t const words[4] = {};
    (void)sys::complete(must(sys::detach()).release(), header, Status::ok, words);
    sys::reply(Status::ok, {});
}

Status ask_for_handle(Handle const& endpoint, std::uint64_t later, std::size_t accepted,
                      sys::Rights rights, bool move)
{
    auto const header = abi::MessageHeader::make(0, 0, accepted);
    auto const answer = call(endpoint, {header.bits, later, {rights, move ? 1u : 0u, 0, 0}});
    std::size_t const brought = abi::MessageHeader{answer.registers.header}.handle_count();
    bool const got = answer.status == Status::ok && brought == 1;
    expect(got == (answer.status == Status::ok));
    if (got)
        must(sys::close(own_buffer().handles[0].handle));
    return answer.status;
}

CASE(an_answer_brings_no_handle_that_was_not_asked_for)
{
    Child server;
    auto const endpoint = start_server(server, answer_with_handle);
    expect_status(ask_for_handle(endpoint, 0, 1, abi::all_rights, true), Status::ok);
    expect_status(ask_for_handle(endpoint, 0, 0, abi::all_rights, true), Status::bad_message);
    expect_status(ask_for_handle(endpoint, 0, 0, abi::all_rights, false), Status::bad_message);
}

CASE(a_record_is_no_right_to_hand_out_handles)
{
    Child server;
    auto const endpoint = start_server(server, answer_with_handle);
    sys::Rights const weak = sys::rights(abi::Right::signal);
    expect_status(ask_for_handle(endpoint, 1, 1, abi::all_rights, false), Status::ok);
    expect_status(ask_for_handle(endpoint, 1, 0, abi::all_rights, false), Status::bad_message);
    expect_status(ask_for_handle(endpoint, 1, 1, weak, false), Status::no_right);
    expect_status(ask_for_handle(endpoint, 1, 1, weak, true), Status::ok);
}

}  // namespace
