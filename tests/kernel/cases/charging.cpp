// Who pays for what a server makes, and room for handles. Architecture, section 2, item 14.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;
using abi::MessageHeader;

std::uint64_t used() { return must(sys::process_info(sys::own_process)).used_bytes; }

HandleValue kept;

// Makes a notification at its caller's cost, keeps it, and tells what was left of the loan.
void keep_notification(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                       std::uint64_t, std::uint64_t)
{
    std::uint64_t const before = used();
    auto const left = sys::charge_caller(true);
    if (!left)
        sys::reply(left.error(), {});
    auto made = sys::notification_create();
    if (!made)
        sys::reply(made.error(), {});
    kept = made->release();
    expect_equal(used(), before);
    std::uint64_t const after_it = must(sys::charge_caller(true));
    must(sys::charge_caller(false));
    sys::reply(Status::ok, {0, 0, {*left - after_it, 0, 0, 0}});
}

Answer lend(Handle const& endpoint, std::uint64_t bytes)
{
    own_buffer().lent_bytes = bytes;
    return call(endpoint, {MessageHeader::lends_quota_flag, 0, {}});
}

CASE(a_server_charges_its_caller_within_what_that_lends)
{
    Child server;
    auto const endpoint = start_server(server, keep_notification);
    expect_status(call(endpoint).status, Status::no_right);
    expect_status(lend(endpoint, 64).status, Status::no_memory);
    std::uint64_t const before = used();
    auto const answer = lend(endpoint, 1 << 16);
    expect_status(answer.status, Status::ok);
    expect(answer.registers.words[0] != 0);
    expect(used() > before);
    server.kill();
    eventually([&] { return used() <= before; });
}

// Makes and touches memory of 8 pages at its caller's cost.
void keep_memory(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                 std::uint64_t, std::uint64_t)
{
    std::uint64_t const before = used();
    must(sys::charge_caller(true));
    auto made = sys::memory_create(abi::MemoryKind::anonymous, 8);
    must(sys::charge_caller(false));
    if (!made)
        sys::reply(made.error(), {});
    auto const address = must(sys::map({.memory = made->value(), .page_count = 8}));
    expect(used() - before < 2 * abi::page_size);  // a mapping, and perhaps tables for it
    must(sys::unmap(sys::own_process, address, 8));
    kept = made->release();
    sys::reply(Status::ok, {});
}

CASE(a_server_makes_memory_at_its_callers_cost)
{
    Child server;
    auto const endpoint = start_server(server, keep_memory);
    expect_status(lend(endpoint, 8 * abi::page_size).status, Status::no_memory);  // no tables
    std::uint64_t const before = used();
    expect_status(lend(endpoint, 16 * abi::page_size).status, Status::ok);
    expect(used() >= before + 8 * abi::page_size);
    server.kill();
    eventually([&] { return used() <= before; });
}

CASE(a_caller_has_its_slots_reserved_until_the_answer)
{
    auto const endpoint = serve([](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                                   std::uint64_t, std::uint64_t, std::uint64_t) {
        std::array<HandleValue, 300> handles{};
        std::size_t count = 0;
        for (; count < handles.size(); count++) {
            auto made = sys::notification_create();
            if (!made)
                break;
            handles[count] = made->release();
        }
        // The table is full but for what the caller reserved in the same process.
        own_buffer().handles[0] = {handles[0], 0, 1};
        for (std::size_t i = 1; i < count; i++)
            must(sys::close(handles[i]));
        sys::reply(Status::ok, {MessageHeader::make(0, 1).bits, count, {}});
    });
    auto const answer = call(endpoint, {MessageHeader::make(0, 0, 1).bits, 0, {}});
    expect_status(answer.status, Status::ok);
    expect_equal(MessageHeader{answer.registers.header}.handle_count(), 1);
    must(sys::close(own_buffer().handles[0].handle));
}

CASE(a_worker_keeps_slots_for_the_handles_of_its_calls)
{
    Child server;
    auto const endpoint = start_server(
        server,
        [](std::uint64_t, std::uint64_t header, std::uint64_t label, std::uint64_t, std::uint64_t,
           std::uint64_t, std::uint64_t) {
            if (label == 1)
                for (auto made = sys::notification_create(); made; shared().word[0]++) {
                    made->release();
                    made = sys::notification_create();
                }
            for (std::size_t i = 0; i < MessageHeader{header}.handle_count(); i++)
                must(sys::close(own_buffer().handles[i].handle));
            sys::reply(Status::ok, {});
        },
        0, 1, {0, 0, 2});
    expect_status(call(endpoint, {0, 1, {}}).status, Status::ok);  // its table is full now
    expect(shared().word[0] != 0);
    auto const first = must(sys::notification_create());
    auto const second = must(sys::notification_create());
    auto const third = must(sys::notification_create());
    for (int i = 0; i < 3; i++) {
        own_buffer().handles[0] = {first.value(), 0, 0};
        own_buffer().handles[1] = {second.value(), 0, 0};
        expect_status(call(endpoint, {MessageHeader::make(0, 2).bits, 0, {}}).status, Status::ok);
    }
    own_buffer().handles[0] = {first.value(), 0, 0};
    own_buffer().handles[1] = {second.value(), 0, 0};
    own_buffer().handles[2] = {third.value(), 0, 0};
    expect_status(call(endpoint, {MessageHeader::make(0, 3).bits, 0, {}}).status,
                  Status::no_handles);
}

}  // namespace
