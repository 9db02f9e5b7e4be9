// Quotas: whoever uses up his own gets no_memory, and everything comes back in the end. (That it
// does is checked after every case.)
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

// Runs a greedy entry in a child with a small quota; it leaves the last status in word 0.
void expect_exhaustion(Entry greedy, Status wanted = Status::no_memory,
                       std::uint64_t quota_bytes = 1 << 20, Where where = Where::current())
{
    std::uint64_t const before = must(sys::process_info(0), where).used_bytes;
    Child child{{.quota_bytes = quota_bytes}};
    child.start(greedy);
    auto const info = child.wait_for_end(where);
    expect(info.reason == abi::EndReason::exited, where);
    expect_equal(shared().word[0], static_cast<std::uint64_t>(wanted), where);
    expect(shared().word[1] > 3, where);  // some there were
    expect(must(sys::process_info(0), where).used_bytes >= before, where);
}

// Makes things until that fails.
template <class Make>
void make_until_refused(Make const& make)
{
    for (;;) {
        auto const made = make();
        if (!made) {
            shared().word[0] = static_cast<std::uint64_t>(made.error());
            return;
        }
        shared().word[1]++;
    }
}

// As make(), but the thing stays when its handle does not.
template <class Make>
Result<> keep(Make const& make)
{
    auto made = make();
    if (!made)
        return fail(made.error());
    (void)made->release();
    return {};
}

CASE(contiguous_memory_ends_at_the_quota)
{
    expect_exhaustion([](std::uint64_t) {
        make_until_refused(
            [] { return keep([] { return sys::memory_create(abi::MemoryKind::contiguous, 4); }); });
    });
}

CASE(what_an_ended_process_had_is_its_payers_although_somebody_knows_it_still)
{
    constexpr std::uint64_t small_change = 64 << 10;
    std::uint64_t const before = must(sys::process_info(0)).used_bytes;
    Child child{{.quota_bytes = 4 << 20}};
    expect(must(sys::process_info(0)).used_bytes >= before + (4 << 20));
    child.start([](std::uint64_t) {});
    (void)child.wait_for_end();
    eventually([before] { return must(sys::process_info(0)).used_bytes < before + small_change; });
}

CASE(more_memory_than_the_machine_has_is_refused)
{
    refused(sys::memory_create(abi::MemoryKind::contiguous, 1 << 18), Status::too_large);
    auto const take_greatest = [] {
        return sys::memory_create(abi::MemoryKind::contiguous, 1 << 13);
    };
    while (keep(take_greatest)) {
    }
    refused(take_greatest(), Status::no_memory);
    refused(sys::process_create({0, 1ull << 40, 256, 1}), Status::no_memory);
    refused(sys::process_create({0, ~0ull, 256, 1}), Status::no_memory);
    refused(sys::process_create({0, 4096, 256, 1}), Status::no_memory);
    refused(sys::process_create({0, 0, 256, 1}), Status::no_memory);
}

CASE(touching_pages_beyond_the_quota_ends_the_process)
{
    Child child{{.quota_bytes = 1 << 20}};
    child.start([](std::uint64_t) {
        auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, 4096));
        auto const at =
            must(sys::map({0, memory.value(), 0, 0, 4096, sys::protect_read | sys::protect_write}));
        for (std::uint64_t i = 0; i < 4096; i++)
            *reinterpret_cast<std::uint64_t volatile*>(at + i * 4096) = 1;
    });
    auto const info = child.wait_for_end();
    expect_exception(info, 15);
    expect_equal(info.fault_status, static_cast<std::uint64_t>(Status::no_memory));
}

CASE(notifications_end_at_the_quota_or_the_table)
{
    expect_exhaustion(
        [](std::uint64_t) {
            make_until_refused([] { return keep([] { return sys::notification_create(); }); });
        },
        Status::no_handles);
}

CASE(threads_end_at_the_quota)
{
    expect_exhaustion([](std::uint64_t) {
        static HandleValue pool;
        pool = make_pool(echo).release();
        make_until_refused([] {
            abi::ThreadParameters const parameters{.message_buffer = sys::address_of(&own_buffer()),
                                                   .pool = pool};
            return sys::thread_create(0, parameters);  // its handle is closed, the thread stays
        });
    });
}

CASE(pools_end_at_the_quota)
{
    expect_exhaustion([](std::uint64_t) {
        make_until_refused([] { return sys::pool_create(0x200000, 1); });  // they stay, too
    });
}

CASE(endpoints_end_at_the_quota_or_the_table)
{
    expect_exhaustion(
        [](std::uint64_t) {
            static Handle pool;
            pool = make_pool(echo);
            make_until_refused(
                [] { return keep([] { return sys::endpoint_create(pool.value(), 1); }); });
            (void)pool.release();
        },
        Status::no_handles);
}

// Closed endpoints stay until their pool has been told; without a worker that is never.
CASE(endpoints_that_were_closed_and_not_taken_end_at_the_quota)
{
    expect_exhaustion([](std::uint64_t) {
        static Handle pool;
        pool = make_pool(echo);
        make_until_refused([] { return sys::endpoint_create(pool.value(), 1); });
        (void)pool.release();
    });
}

CASE(mappings_end_at_the_quota)
{
    expect_exhaustion([](std::uint64_t) {
        static Handle memory;
        memory = must(sys::memory_create(abi::MemoryKind::anonymous, 1));
        make_until_refused([] { return sys::map({0, memory.value(), 0, 0, 1, 1}); });
        (void)memory.release();
    });
}

CASE(dividing_a_mapping_needs_quota_and_fails_without_effect)
{
    Child child{{.quota_bytes = 1 << 20}};
    child.start([](std::uint64_t) {
        constexpr std::uint64_t place = 0x7000'0000;
        auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, 3));
        (void)must(sys::map({0, memory.value(), place, 0, 3, 3}));
        *reinterpret_cast<std::uint64_t volatile*>(place + 4096) = 7;
        while (sys::map({0, memory.value(), 0, 0, 1, 1})) {
        }
        refused(sys::unmap(0, place + 4096, 1), Status::no_memory);
        refused(sys::protect(0, place + 4096, 1, 1), Status::no_memory);
        *reinterpret_cast<std::uint64_t volatile*>(place + 4096) = 8;
        expect_equal(*reinterpret_cast<std::uint64_t volatile*>(place + 4096), 8);
    });
    auto const info = child.wait_for_end();
    expect(info.reason == abi::EndReason::exited);
    expect_equal(info.exit_code, 0);
}

CASE(timers_end_at_the_quota)
{
    expect_exhaustion([](std::uint64_t) {
        static HandleValue notification;
        make_until_refused([]() -> Result<> {
            std::uint64_t const bit = shared().word[1] % 64;
            if (bit == 0)
                notification = must(sys::notification_create()).release();
            return sys::arm(notification, 1ull << bit, after(3'600'000));
        });
    });
}

CASE(children_end_at_the_quota)
{
    expect_exhaustion([](std::uint64_t) {
        make_until_refused(
            [] { return keep([] { return sys::process_create({0, 64 << 10, 256, 1}); }); });
    });
}

constinit std::atomic<std::uint64_t> seen{0};

CASE(records_end_at_the_quota_or_the_table)
{
    expect_exhaustion(
        [](std::uint64_t) {
            static Handle endpoint;
            endpoint = serve([](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                                std::uint64_t, std::uint64_t, std::uint64_t) {
                auto record = sys::detach();
                if (record)
                    (void)record->release();
                else
                    shared().word[0] = static_cast<std::uint64_t>(record.error());
                seen++;
                sys::reply(Status::busy, {});
            });
            for (std::uint64_t made = 0; shared().word[0] == 0; made++) {
                start_thread([](std::uint64_t) { (void)call(endpoint); });
                eventually([made] { return seen > made; });
                shared().word[1] = made;
            }
        },
        Status::no_handles, 12 << 20);
}

enum Request : std::uint64_t { use_up_quota, hold, give_page_back, answer_all };

// Of the server; what it holds is counted in word 0.
constinit Handle spare_page{};
constinit std::array<HandleValue, 128> held{};

void use_up()
{
    spare_page = must(sys::memory_create(abi::MemoryKind::contiguous, 1));
    for (std::uint64_t const pages : {16, 1})
        while (keep([pages] { return sys::memory_create(abi::MemoryKind::contiguous, pages); })) {
        }
    while (keep([] { return sys::notification_create(); })) {
    }
}

[[noreturn]] void hold_call()
{
    auto record = sys::detach();
    if (!record)
        sys::reply(record.error(), {});
    held.at(shared().word[0]) = record->release();
    shared().word[0]++;
    sys::reply(Status::ok, {});  // to nobody
}

void hold_calls(std::uint64_t, std::uint64_t header, std::uint64_t request, std::uint64_t,
                std::uint64_t, std::uint64_t, std::uint64_t)
{
    if (is_event(header))
        sys::reply(Status::ok, {});
    if (request == hold)
        hold_call();
    if (request == use_up_quota)
        use_up();
    if (request == give_page_back)
        spare_page = {};
    for (std::uint64_t i = 0; request == answer_all && i < shared().word[0]; i++)
        must(sys::complete(held.at(i), {}, Status::ok, sys::Registers{}.words));
    sys::reply(Status::ok, {});
}

// One more caller, of whom the server holds the call, or who is told why not: word 1 says that
// then. Word 2 counts those that were answered in the end.
void ask_to_hold(Handle const& endpoint)
{
    std::uint64_t const held_before = shared().word[0];
    start_thread(
        [](std::uint64_t server) {
            auto const status = call(static_cast<HandleValue>(server), {0, hold, {}}).status;
            if (status == Status::ok)
                shared().word[2]++;
            else
                shared().word[1] = static_cast<std::uint64_t>(status);
        },
        endpoint.value());
    eventually([held_before] { return shared().word[0] > held_before || shared().word[1] != 0; });
}

CASE(a_server_without_memory_for_a_record_says_so_and_detaches_when_it_has_some)
{
    Child server;
    auto const endpoint = start_server(server, hold_calls);
    expect_status(call(endpoint, {0, use_up_quota, {}}).status, Status::ok);
    for (int i = 0; i < 8 && shared().word[1] == 0; i++)
        ask_to_hold(endpoint);
    expect_equal(shared().word[1], static_cast<std::uint64_t>(Status::no_memory));
    std::uint64_t const held_when_poor = shared().word[0];
    expect_status(call(endpoint, {0, give_page_back, {}}).status, Status::ok);
    shared().word[1] = 0;
    ask_to_hold(endpoint);
    expect_equal(shared().word[0], held_when_poor + 1);
    expect_equal(shared().word[2], 0);
    expect_status(call(endpoint, {0, answer_all, {}}).status, Status::ok);
    eventually([held_when_poor] { return shared().word[2] == held_when_poor + 1; });
    expect(!server.has_ended());
}

// A server's greed is its own: the caller is told.
CASE(a_lender_without_quota_gets_its_own_error)
{
    Child server;
    auto const endpoint =
        start_server(server, [](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                                std::uint64_t, std::uint64_t, std::uint64_t) {
            static std::byte bytes[4096];
            auto const count = sys::lease_write(0, 0, 0, bytes);
            sys::reply(count ? Status::ok : count.error(), {});
        });
    Child client{{.quota_bytes = 1 << 20}};
    client.give(endpoint.value());
    client.start([](std::uint64_t) {
        auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, 1));
        auto const at = must(sys::map({0, memory.value(), 0, 0, 1, 3}));
        while (keep([] { return sys::memory_create(abi::MemoryKind::contiguous, 1); })) {
        }
        own_buffer().leases[0] = {at, 4096, abi::Lease::out};
        expect_status(call(given(1), {abi::MessageHeader::make(0, 0, 0, 1).bits, 0, {}}).status,
                      Status::no_memory);
    });
    expect_equal(client.wait_for_end().exit_code, 0);
    expect(!server.has_ended());
}

}  // namespace
