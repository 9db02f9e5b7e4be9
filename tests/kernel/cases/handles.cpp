// Handles: what they allow, and how they travel.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

constexpr auto all = abi::all_rights;

// Keeps the first handle in the shared page and tells what rights came with it.
void take_handle(std::uint64_t, std::uint64_t header, std::uint64_t, std::uint64_t, std::uint64_t,
                 std::uint64_t, std::uint64_t)
{
    shared().word[0] = abi::MessageHeader{header}.handle_count();
    shared().word[1] = own_buffer().handles[0].handle;
    sys::reply(Status::ok, {0, 0, {own_buffer().handles[0].rights, 0, 0, 0}});
}

Answer send(Handle const& endpoint, HandleValue handle, sys::Rights rights, bool move)
{
    own_buffer().handles[0] = {handle, rights, static_cast<std::uint16_t>(move)};
    return call(endpoint, {abi::MessageHeader::make(0, 1).bits, 0, {}});
}

HandleValue received() { return static_cast<HandleValue>(shared().word[1].load()); }

CASE(a_copied_handle_works_with_the_rights_that_were_left)
{
    auto const endpoint = serve_calls(take_handle);
    auto const notification = must(sys::notification_create());
    sys::Rights const rights = sys::rights(abi::Right::signal);
    auto const answer = send(endpoint, notification.value(), rights, false);
    expect_status(answer.status, Status::ok);
    expect_equal(answer.registers.words[0], rights);
    must(sys::signal(received(), 4));
    refused(sys::poll(received()), Status::no_right);
    refused(sys::duplicate(received()), Status::no_right);
    expect_equal(must(sys::poll(notification.value())), 4);
}

CASE(a_moved_handle_is_gone_from_its_sender)
{
    auto const endpoint = serve_calls(take_handle);
    auto notification = must(sys::notification_create());
    HandleValue const value = notification.release();
    expect_status(send(endpoint, value, 0, true).status, Status::ok);
    refused(sys::signal(value, 1), Status::bad_handle);
    must(sys::signal(received(), 1));
}

CASE(a_handle_without_the_duplicate_right_can_only_move)
{
    auto const endpoint = serve_calls(take_handle);
    auto const notification = must(sys::notification_create());
    auto weak = must(sys::duplicate(notification.value(), sys::rights(abi::Right::signal)));
    expect_status(send(endpoint, weak.value(), 0, false).status, Status::no_right);
    expect_status(send(endpoint, weak.release(), 0, true).status, Status::ok);
    must(sys::signal(received(), 1));
}

CASE(the_same_handle_twice_or_one_that_is_none_is_refused)
{
    auto const endpoint = serve_calls(take_handle);
    auto const notification = must(sys::notification_create());
    own_buffer().handles[0] = {notification.value(), 0, 1};
    own_buffer().handles[1] = {notification.value(), 0, 1};
    std::uint64_t const two = abi::MessageHeader::make(0, 2).bits;
    expect_status(call(endpoint, {two, 0, {}}).status, Status::bad_message);
    own_buffer().handles[0] = {notification.value(), 0, 1};
    own_buffer().handles[1] = {notification.value() ^ 0x100, 0, 1};
    expect_status(call(endpoint, {two, 0, {}}).status, Status::bad_handle);
    must(sys::signal(notification.value(), 1));  // nothing has moved
}

// Answers with two handles.
void give_two(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
              std::uint64_t, std::uint64_t)
{
    own_buffer().handles[0] = {must(sys::notification_create()).release(), 0, 1};
    own_buffer().handles[1] = {must(sys::notification_create()).release(), 0, 1};
    sys::reply(Status::ok, {abi::MessageHeader::make(0, 2).bits, 0, {}});
}

CASE(an_answer_brings_the_handles_that_the_caller_accepts)
{
    auto const endpoint = serve_calls(give_two);
    std::uint64_t const accepts_two = abi::MessageHeader::make(0, 0, 2).bits;
    std::uint64_t const accepts_one = abi::MessageHeader::make(0, 0, 1).bits;
    expect_status(call(endpoint, {accepts_two, 0, {}}).status, Status::ok);
    must(sys::signal(own_buffer().handles[0].handle, 1));
    must(sys::signal(own_buffer().handles[1].handle, 1));
    expect_status(call(endpoint, {accepts_one, 0, {}}).status, Status::bad_message);
    expect_status(call(endpoint).status, Status::bad_message);
    expect_status(call(endpoint, {accepts_two, 0, {}}).status, Status::ok);
}

void fill_table(std::uint64_t)
{
    HandleValue const notification = must(sys::notification_create()).release();
    for (std::uint64_t made = 0;; made++) {
        auto copy = sys::duplicate(notification);
        if (!copy) {
            expect_status(copy.error(), Status::no_handles);
            expect(made > 200);
            return;
        }
        (void)copy->release();
    }
}

// In the server's process: has no room for another handle when the call comes.
void full_server(std::uint64_t badge, std::uint64_t header, std::uint64_t label, std::uint64_t,
                 std::uint64_t, std::uint64_t, std::uint64_t)
{
    if (is_event(header))
        sys::reply(Status::ok, {});
    if (label == 1)
        fill_table(0);
    echo(badge, header & 0x7f, label, 0, 0, 0, 0);
}

CASE(a_receiver_without_room_gets_nothing_and_the_sender_keeps_its_handle)
{
    Child server;
    auto const endpoint = start_server(server, full_server);
    auto const notification = must(sys::notification_create());
    expect_status(call(endpoint, {0, 1, {}}).status, Status::ok);
    expect_status(send(endpoint, notification.value(), 0, true).status, Status::no_handles);
    must(sys::signal(notification.value(), 1));
    expect_status(call(endpoint).status, Status::ok);
}

CASE(a_full_table_refuses_every_new_handle)
{
    fill_table(0);
    refused(sys::notification_create(), Status::no_handles);
    refused(sys::memory_create(abi::MemoryKind::anonymous, 1), Status::no_handles);
    refused(sys::memory_create(abi::MemoryKind::contiguous, 1), Status::no_handles);
    refused(sys::pool_create(0x200000, 1), Status::no_handles);
    refused(sys::process_create({0, 1 << 20, 256, 1}), Status::no_handles);
    abi::ThreadParameters const parameters{.message_buffer = sys::address_of(&own_buffer())};
    refused(sys::thread_create(sys::own_process, parameters), Status::no_handles);
}

CASE(a_closed_handle_never_names_what_comes_later)
{
    HandleValue const first = must(sys::notification_create()).release();
    must(sys::close(first));
    for (int i = 0; i < 300; i++) {
        auto const later = must(sys::notification_create());
        expect(later.value() != first);
        refused(sys::signal(first, 1), Status::bad_handle);
    }
    refused(sys::close(first), Status::bad_handle);
    refused(sys::close(0), Status::bad_handle);
}

CASE(a_copy_never_has_more_rights)
{
    auto const notification = must(sys::notification_create());
    auto const weak = must(sys::duplicate(notification.value(),
                                          sys::rights(abi::Right::signal, abi::Right::duplicate)));
    auto const again = must(sys::duplicate(weak.value(), all));
    refused(sys::poll(again.value()), Status::no_right);
    must(sys::signal(again.value(), 1));
    auto const none = must(sys::duplicate(notification.value(), 0));
    refused(sys::signal(none.value(), 1), Status::no_right);
    refused(sys::poll(none.value()), Status::no_right);
}

// Every handle that could be one is tried in each call that takes one.
CASE(handles_of_other_processes_are_nothing_here)
{
    Child other;
    auto const endpoint = start_server(other, echo);
    expect_status(call(endpoint).status, Status::ok);
    pause(50);  // its first thread waits by now
    std::uint64_t const before = other.info().used_bytes;
    Child guesser{{.quota_bytes = 1 << 20}};
    guesser.start([](std::uint64_t) {
        std::uint64_t found = 0;
        for (std::uint64_t generation = 0; generation < 4; generation++)
            for (std::uint64_t slot = 0; slot < 65536; slot++)
                if (sys::ecall(abi::Syscall::memory_size, slot << 4 | generation).status !=
                    Status::bad_handle)
                    found++;
        shared().word[0] = found;
    });
    guesser.wait_for_end();
    expect(shared().word[0] < 8);  // its own two: the shared page's, and the log's
    expect_status(call(endpoint).status, Status::ok);
    expect_equal(other.info().used_bytes, before);
}

}  // namespace
