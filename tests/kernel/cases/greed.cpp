// A process that takes all that it can get, in every way, beside one that only wants to work.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;
using abi::MessageHeader;

std::atomic<std::uint64_t>& word(std::size_t index) { return shared().word[index]; }

HandleValue shared_page;  // somebody else pays for it
HandleValue pool;

// Each takes one thing and keeps it.
Result<> take_notification()
{
    (void)TRY(sys::notification_create()).release();
    return {};
}

Result<> take_timers()
{
    HandleValue const notification = TRY(sys::notification_create()).release();
    for (unsigned bit = 0; bit < 64; bit++)
        TRY(sys::arm(notification, 1ull << bit, after(3'600'000)));
    return {};
}

Result<> take_memory()
{
    (void)TRY(sys::memory_create(abi::MemoryKind::contiguous, 1)).release();
    return {};
}

Result<> take_mapping()
{
    (void)TRY(sys::map({0, shared_page, 0, 0, 1, sys::protect_read}));
    return {};
}

Result<> take_thread()
{
    abi::ThreadParameters const parameters{.message_buffer = sys::address_of(&own_buffer()),
                                           .pool = pool};
    (void)TRY(sys::thread_create(sys::own_process, parameters));  // it stays without its handle
    return {};
}

Result<> take_pool()
{
    (void)TRY(sys::pool_create(0x200000, 1));  // it stays, too
    return {};
}

Result<> take_endpoint()
{
    (void)TRY(sys::endpoint_create(pool, 1)).release();
    return {};
}

Result<> take_process()
{
    (void)TRY(sys::process_create({0, 64 << 10, 256, 1})).release();
    return {};
}

// Opens a file: a server makes an endpoint at its caller's cost.
Result<> take_file()
{
    constexpr std::uint64_t enough = 1024;
    own_buffer().lent_bytes = enough;
    std::uint64_t const header =
        MessageHeader::make(0, 0, 1).bits | MessageHeader::lends_quota_flag;
    auto const answer = call(given(2), {header, 0, {}});
    return answer.status == Status::ok ? Result<>{} : fail(answer.status);
}

using Take = Result<> (*)();
constexpr Take ways[] = {take_file, take_timers, take_thread,   take_mapping,     take_process,
                         take_pool, take_memory, take_endpoint, take_notification};

void take_until_refused(Take take)
{
    Result<> taken;
    for (std::uint64_t count = 0; taken && count < 50'000; count++)
        taken = take();
    word(10 + static_cast<std::uint64_t>(taken ? Status::ok : taken.error()))++;
}

void take_everything(std::uint64_t first)
{
    shared_page = given(1);
    pool = make_pool(echo).release();
    for (std::uint64_t i = first;; i++) {
        take_until_refused(ways[i % std::size(ways)]);
        word(1) = 1;
    }
}

void work(std::uint64_t)
{
    auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, 1));
    for (;; word(0)++) {
        expect_status(call(given(1)).status, Status::ok);
        auto const notification = must(sys::notification_create());
        must(sys::signal(notification.value(), 1));
        expect_equal(must(sys::wait(notification.value())), 1);
        auto const at =
            must(sys::map({.memory = memory.value(), .page_count = 1, .protection = 3}));
        *reinterpret_cast<std::uint64_t volatile*>(at) = 1;
        must(sys::unmap(sys::own_process, at, 1));
    }
}

// An endpoint for each call, for which the caller pays.
void open_file(std::uint64_t, std::uint64_t header, std::uint64_t, std::uint64_t, std::uint64_t,
               std::uint64_t, std::uint64_t)
{
    if (is_event(header))
        sys::reply(Status::ok, {});
    auto const charged = sys::charge_caller(true);
    auto opened = sys::endpoint_create(pool, 5);
    (void)sys::charge_caller(false);
    if (!charged || !opened)
        sys::reply(charged ? opened.error() : charged.error(), {});
    own_buffer().handles[0] = {opened->release(), 0, 1};
    sys::reply(Status::ok, {MessageHeader::make(0, 1).bits, 0, {}});
}

std::atomic<std::uint64_t>& refusals(Status status)
{
    return word(10 + static_cast<std::uint64_t>(status));
}

std::uint64_t rounds_in_100_ms()
{
    std::uint64_t const before = word(0);
    pause(100);
    return word(0) - before;
}

// It begins with another way each time, so that each is tried with all of the quota.
void let_take(Child const& worker, Handle const& page, Handle const& files, std::uint64_t first)
{
    Child greedy{{.quota_bytes = 512 << 10, .priority = 10}};
    greedy.give(page.value());
    greedy.give(files.value());
    word(1) = refusals(Status::no_memory) = refusals(Status::no_handles) = 0;
    greedy.start(take_everything, first);
    eventually([] { return word(1) != 0; });
    eventually([] { return rounds_in_100_ms() != 0; });
    expect(!greedy.has_ended() && !worker.has_ended());
    expect(refusals(Status::no_memory) + refusals(Status::no_handles) != 0);
    expect_equal(refusals(Status::ok), 0);
}

CASE(a_process_that_takes_all_it_can_get_harms_nobody_else)
{
    Child server{{.priority = 10}};
    auto const endpoint = start_server(server, echo);
    Child worker{{.priority = 10}};
    worker.give(endpoint.value());
    worker.start(work);
    auto const own_pool = make_pool(open_file);
    add_worker(own_pool);
    pool = own_pool.value();
    auto const files = make_endpoint(own_pool);
    auto const page = must(sys::memory_create(abi::MemoryKind::anonymous, 1));
    let_take(worker, page, files, 0);  // what all of them touch for good is there after this
    std::uint64_t const before = must(sys::process_info(sys::own_process)).used_bytes;
    for (std::uint64_t first = 0; first < std::size(ways); first++)
        let_take(worker, page, files, first);
    eventually([before] {
        return must(sys::process_info(sys::own_process)).used_bytes <= before + abi::page_size;
    });
    expect(!worker.has_ended() && !server.has_ended());
}

// There is nobody to tell: the process that touches the page ends.
CASE(page_tables_end_at_the_quota)
{
    auto const page = must(sys::memory_create(abi::MemoryKind::anonymous, 1));
    Child child{{.quota_bytes = 512 << 10}};
    child.give(page.value());
    child.start([](std::uint64_t) {
        constexpr std::uint64_t gibibyte = 1 << 30;  // each with two tables of its own
        for (std::uint64_t place = 64 * gibibyte; place < 240 * gibibyte; place += gibibyte) {
            (void)must(sys::map({0, given(1), place, 0, 1, sys::protect_read}));
            word(1) = word(1) + *reinterpret_cast<std::uint64_t volatile*>(place) + 1;
        }
    });
    auto const info = child.wait_for_end();
    expect_exception(info, 13);
    expect_equal(info.fault_status, static_cast<std::uint64_t>(Status::no_memory));
    expect(word(1) > 10 && word(1) < 64);
}

CASE(files_opened_at_a_server_end_at_the_quota_of_who_opens_them)
{
    auto const own_pool = make_pool(open_file);
    add_worker(own_pool);
    pool = own_pool.value();
    auto const files = make_endpoint(own_pool);
    Child child{{.quota_bytes = 512 << 10}};
    child.give(files.value());
    child.give(files.value());
    child.start([](std::uint64_t) {
        auto const never = must(sys::notification_create());
        while (take_memory()) {
        }
        take_until_refused(take_file);
        word(2) = 1;
        (void)sys::wait(never.value());
    });
    eventually([] { return word(2) == 1; });
    expect_equal(refusals(Status::no_memory), 1);
    auto const mine = must(sys::endpoint_create(own_pool.value(), 7));
    expect(!child.has_ended());
}

}  // namespace
