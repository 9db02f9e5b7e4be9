// Calls that are answered later: detach, complete, and records that are dropped.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

constexpr std::uint64_t record = 10;  // word of the shared page: the record's handle
constexpr std::uint64_t detached = 11;

HandleValue kept_record() { return static_cast<HandleValue>(shared().word[record].load()); }

void complete_with(HandleValue handle, Status status, std::uint64_t value, std::uint64_t header = 0)
{
    std::uint64_t const words[4] = {value, 0, 0, 0};
    must(sys::complete(handle, {header}, status, words));
}

// Keeps the record and becomes free for the next call.
void detach_call(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                 std::uint64_t, std::uint64_t)
{
    shared().word[record] = must(sys::detach()).release();
    shared().word[detached]++;
    sys::reply(Status::ok, {});
}

void call_given_value(std::uint64_t endpoint)
{
    auto const answer = call(static_cast<HandleValue>(endpoint));
    shared().word[20] = static_cast<std::uint64_t>(answer.status);
    shared().word[21] = answer.registers.words[0];
    shared().word[22]++;
}

void expect_answer(Status status, std::uint64_t value, Where where = Where::current())
{
    eventually([] { return shared().word[22] == 1; }, where);
    expect_equal(shared().word[20], static_cast<std::uint64_t>(status), where);
    expect_equal(shared().word[21], value, where);
}

CASE(a_detached_call_is_answered_later_by_another_thread)
{
    auto const endpoint = serve_calls(detach_call);
    start_thread(call_given_value, endpoint.value());
    eventually([] { return shared().word[detached] == 1; });
    pause(20);
    expect_equal(shared().word[22], 0);
    HandleValue const handle = kept_record();
    complete_with(handle, Status::io_error, 99);
    expect_answer(Status::io_error, 99);
    std::uint64_t const words[4] = {};
    refused(sys::complete(handle, {}, Status::ok, words), Status::bad_handle);
}

// Completes before it gives the slice back.
void complete_early(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                    std::uint64_t, std::uint64_t)
{
    auto handle = must(sys::detach());
    complete_with(handle.release(), Status::ok, 5);
    refused(sys::detach(), Status::bad_argument);  // nobody's call any more
    pause(10);
    sys::reply(Status::corrupt, {0, 0, {6, 0, 0, 0}});  // is for nobody
}

CASE(a_detached_call_may_be_answered_before_the_worker_is_done)
{
    auto const endpoint = serve_calls(complete_early);
    for (int i = 0; i < 20; i++) {
        auto const answer = call(endpoint);
        expect_status(answer.status, Status::ok);
        expect_equal(answer.registers.words[0], 5);
    }
}

void detach_or_say_why(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                       std::uint64_t, std::uint64_t)
{
    auto handle = sys::detach();
    if (!handle)
        sys::reply(handle.error(), {});
    complete_with(handle->release(), Status::ok, 5);
    sys::reply(Status::ok, {});
}

// An interrupt before the call ends this wait as it would any other.
CASE(a_call_of_who_was_interrupted_is_not_detached)
{
    auto const endpoint = serve_calls(detach_or_say_why);
    must(sys::interrupt(sys::own_thread));
    expect_status(call(endpoint).status, Status::interrupted);
    expect_status(call(endpoint).status, Status::ok);  // that was the wait it was for
}

// The record goes with the variable.
void drop_record(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                 std::uint64_t, std::uint64_t)
{
    (void)must(sys::detach());
    sys::reply(Status::ok, {});
}

CASE(a_dropped_record_answers_peer_died)
{
    auto const endpoint = serve_calls(drop_record);
    for (int i = 0; i < 20; i++)
        expect_status(call(endpoint).status, Status::peer_died);
}

CASE(a_record_whose_holder_dies_answers_peer_died)
{
    Child server;
    auto const endpoint = start_server(server, detach_call);
    start_thread(call_given_value, endpoint.value());
    eventually([] { return shared().word[detached] == 1; });
    pause(10);
    server.kill();
    expect_answer(Status::peer_died, 0);
}

CASE(completing_for_a_client_that_died_is_cancelled)
{
    auto const endpoint = serve_calls(detach_call);
    Child client;
    client.give(endpoint.value());
    client.start([](std::uint64_t) { call_given_value(given(1)); });
    eventually([] { return shared().word[detached] == 1; });
    client.kill();
    std::uint64_t const words[4] = {};
    refused(sys::complete(kept_record(), {}, Status::ok, words), Status::cancelled);
}

CASE(a_record_that_travels_in_its_own_answer_is_closed_once)
{
    auto const endpoint = serve_calls(detach_call);
    start_thread(
        [](std::uint64_t handle) {
            auto const header = abi::MessageHeader::make(0, 0, 8).bits;
            auto const answer = call(static_cast<HandleValue>(handle), {header, 0, {}});
            shared().word[20] = static_cast<std::uint64_t>(answer.status);
            shared().word[22]++;
        },
        endpoint.value());
    eventually([] { return shared().word[detached] == 1; });
    own_buffer().handles[0] = {kept_record(), 0, 1};
    std::uint64_t const words[4] = {};
    (void)sys::complete(kept_record(), abi::MessageHeader::make(0, 1), Status::ok, words);
    eventually([] { return shared().word[22] == 1; });
    for (int i = 0; i < 100; i++)  // the table of handles is in order
        (void)must(sys::notification_create());
}

CASE(a_bad_completion_is_a_bad_message_for_the_caller)
{
    auto const endpoint = serve_calls(detach_call);
    start_thread(call_given_value, endpoint.value());
    eventually([] { return shared().word[detached] == 1; });
    complete_with(kept_record(), Status::ok, 1, ~0ull);
    expect_answer(Status::bad_message, 0);
}

CASE(detach_needs_a_caller)
{
    refused(sys::detach(), Status::bad_argument);
    std::uint64_t const words[4] = {};
    refused(sys::complete(0, {}, Status::ok, words), Status::bad_handle);
    auto const notification = must(sys::notification_create());
    refused(sys::complete(notification.value(), {}, Status::ok, words), Status::wrong_type);
}

CASE(a_worker_that_detached_may_call_others_on_the_borrowed_slice)
{
    static HandleValue other;
    auto const last = serve_calls(echo);
    other = last.value();
    auto const endpoint = serve_calls([](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                                         std::uint64_t, std::uint64_t, std::uint64_t) {
        auto handle = must(sys::detach());
        expect_status(call(other).status, Status::ok);
        complete_with(handle.release(), Status::ok, 8);
        expect_status(call(other).status, Status::ok);
        sys::reply(Status::ok, {});
    });
    for (int i = 0; i < 20; i++)
        expect_equal(call(endpoint).registers.words[0], 8);
}

CASE_ON_MANY_HARTS(many_calls_are_detached_at_once)
{
    constexpr std::uint64_t count = 20;
    auto const endpoint = serve_calls([](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                                         std::uint64_t, std::uint64_t, std::uint64_t) {
        shared().word[100 + shared().word[detached]] = must(sys::detach()).release();
        shared().word[detached]++;
        sys::reply(Status::ok, {});
    });
    for (std::uint64_t i = 0; i < count; i++)
        start_thread(call_given_value, endpoint.value());
    eventually([] { return shared().word[detached] == count; });
    for (std::uint64_t i = 0; i < count; i++)
        complete_with(static_cast<HandleValue>(shared().word[100 + i].load()), Status::ok, i);
    eventually([] { return shared().word[22] == count; });
}

}  // namespace
