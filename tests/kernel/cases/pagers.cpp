// Paged memory: its pages come from calls to a pager, on the slice of the thread that needs them.
#include "lib/sys/lease.hpp"
#include "lib/sys/memory.hpp"
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

constexpr std::uint64_t page = abi::page_size;
constexpr std::uint64_t place = 0x6000'0000;
constexpr std::uint64_t cache_place = 0x7000'0000;
constexpr std::uint64_t other_place = 0x8000'0000;
constexpr std::uint64_t pages = 40;
constexpr auto read_write = sys::protect_read | sys::protect_write;

// What the pager of a case works with.
constinit HandleValue paged = 0;
constinit HandleValue cache = 0;  // mapped at cache_place; its page n goes to page n
constinit std::uint64_t supply_flags = 0;
std::atomic<std::uint64_t>& pages_wanted() { return shared().word[0]; }
std::atomic<std::uint64_t>& writes_wanted() { return shared().word[1]; }
std::atomic<std::uint64_t>& last_page() { return shared().word[2]; }

std::uint64_t volatile& word_at(std::uint64_t address)
{
    return *reinterpret_cast<std::uint64_t volatile*>(address);
}

Status bring_page(std::uint64_t number)
{
    word_at(cache_place + number * page) = 1000 + number;
    auto const supplied = sys::memory_supply({.paged = paged,
                                              .page = number,
                                              .memory = cache,
                                              .memory_page = number,
                                              .flags = supply_flags});
    bool const is_there = !supplied && supplied.error() == Status::already_exists;
    return is_there ? Status::ok : to_status(supplied);
}

void page_in(std::uint64_t badge, std::uint64_t header, std::uint64_t label, std::uint64_t number,
             std::uint64_t, std::uint64_t, std::uint64_t)
{
    if (is_event(header))
        sys::reply(Status::ok, {});
    last_page() = badge * 10000 + number;
    if (abi::PagerWant{label} == abi::PagerWant::page) {
        pages_wanted()++;
        sys::reply(bring_page(number), {});
    }
    writes_wanted()++;
    sys::reply(to_status(sys::memory_allow_writes(paged, number, 1, true)), {});
}

// A pager in this process, and its memory mapped at `place`.
Handle make_paged(std::uint64_t flags, Service service = page_in)
{
    supply_flags = flags;
    cache = must(sys::memory_create(abi::MemoryKind::anonymous, pages)).release();
    (void)must(sys::map({0, cache, cache_place, 0, pages, read_write}));
    auto const endpoint = serve(service, 7);
    auto memory = must(sys::paged_memory_create(pages, endpoint.value()));
    paged = memory.value();
    (void)must(sys::map({0, paged, place, 0, pages, read_write}));
    return memory;
}

CASE(a_pager_is_asked_once_for_each_page)
{
    auto const memory = make_paged(abi::supply_writable);
    for (std::uint64_t i = 0; i < pages; i += 3)
        expect_equal(word_at(place + i * page), 1000 + i);
    expect_equal(pages_wanted(), (pages + 2) / 3);
    expect_equal(last_page(), 70000 + (pages - 1));
    for (std::uint64_t i = 0; i < pages; i += 3)
        word_at(place + i * page + 8) = i;
    for (std::uint64_t i = 0; i < pages; i += 3)
        expect_equal(word_at(place + i * page + 8), i);
    expect_equal(pages_wanted(), (pages + 2) / 3);
    expect_equal(writes_wanted(), 0);
}

CASE(a_pager_knows_which_pages_were_written)
{
    auto const memory = make_paged(0);
    expect_equal(word_at(place), 1000);
    expect_equal(writes_wanted(), 0);
    word_at(place) = 5;
    word_at(place + 8) = 6;
    expect_equal(writes_wanted(), 1);
    word_at(place + page) = 7;  // neither there nor to be written
    expect_equal(writes_wanted(), 2);
    expect_equal(pages_wanted(), 2);
    must(sys::memory_allow_writes(paged, 0, pages, false));
    expect_equal(word_at(place), 5);
    expect_equal(writes_wanted(), 2);
    word_at(place + 16) = 7;
    expect_equal(writes_wanted(), 3);
    expect_equal(last_page(), 70000);
    expect_equal(word_at(place + 8), 6);
}

CASE(a_shared_page_is_the_same_on_both_sides)
{
    auto const memory = make_paged(abi::supply_writable);
    word_at(place + page) = 1;
    expect_equal(word_at(cache_place + page), 1);
    word_at(cache_place + page) = 2;
    expect_equal(word_at(place + page), 2);
    auto const clone = must(sys::memory_clone(cache, 0, pages));
    word_at(cache_place + page) = 3;  // a clone of the cache does not part them
    expect_equal(word_at(place + page), 3);
    word_at(place + page) = 4;
    expect_equal(word_at(cache_place + page), 4);
    (void)must(sys::map({0, clone.value(), other_place, 0, pages, read_write}));
    expect_equal(word_at(other_place + page), 2);
}

CASE(a_page_that_is_shared_twice_stays_one_page)
{
    auto const memory = make_paged(0);
    for (std::uint64_t to : {3, 4})
        must(sys::memory_supply({paged, to, cache, 5, 1, abi::supply_writable}));
    word_at(place + 3 * page) = 1;
    expect_equal(word_at(place + 4 * page), 1);
    word_at(place + 4 * page) = 2;
    expect_equal(word_at(cache_place + 5 * page), 2);
}

CASE(a_moved_page_leaves_the_pagers_memory)
{
    auto const memory = make_paged(abi::supply_writable | abi::supply_moved);
    expect_equal(word_at(place + 5 * page), 1005);
    expect_equal(word_at(cache_place + 5 * page), 0);
    word_at(cache_place + 5 * page) = 1;
    expect_equal(word_at(place + 5 * page), 1005);
}

CASE(a_discarded_page_is_asked_for_again)
{
    auto const memory = make_paged(abi::supply_writable);
    (void)must(sys::map({0, paged, other_place, 0, pages, read_write}));
    expect_equal(word_at(place + page) + word_at(other_place + page), 2002);
    expect_equal(pages_wanted(), 1);
    word_at(place + page) = 3;
    must(sys::memory_discard(paged, 0, pages));
    expect_equal(word_at(other_place + page), 1001);
    expect_equal(word_at(place + page), 1001);
    expect_equal(pages_wanted(), 2);
}

// A copy that nobody else sees, of what the pager has.
CASE(a_clone_of_paged_memory_is_private)
{
    auto const memory = make_paged(0);
    expect_equal(word_at(place + page), 1001);
    auto const clone = must(sys::memory_clone(paged, 1, 10));
    (void)must(sys::map({0, clone.value(), other_place, 0, 10, read_write}));
    word_at(other_place) = 5;
    expect_equal(word_at(other_place + page), 1002);
    word_at(other_place + page) = 6;
    word_at(other_place + 2 * page) = 7;
    expect_equal(last_page(), 70003);
    expect_equal(writes_wanted(), 0);
    for (std::uint64_t i = 1; i < 4; i++)
        expect_equal(word_at(place + i * page), 1000 + i);
    expect_equal(word_at(other_place), 5);
    auto const second = must(sys::memory_clone(clone.value(), 1, 9));
    (void)must(sys::map({0, second.value(), cache_place + (1 << 20), 0, 9, read_write}));
    expect_equal(word_at(cache_place + (1 << 20)), 6);
    expect_equal(word_at(cache_place + (1 << 20) + 5 * page), 1007);
}

void touch_fifth(std::uint64_t)
{
    (void)must(sys::map({0, given(1), other_place, 0, pages, read_write}));
    sys::exit(word_at(other_place + 5 * page));
}

CASE(a_pager_serves_other_processes)
{
    auto const memory = make_paged(abi::supply_writable);
    Child child;
    child.give(memory.value(), sys::rights(abi::Right::read, abi::Right::write));
    child.start(touch_fifth);
    auto const info = child.wait_for_end();
    expect(info.reason == abi::EndReason::exited);
    expect_equal(info.exit_code, 1005);
    expect_equal(pages_wanted(), 1);
}

CASE(a_pager_that_refuses_ends_who_needs_the_page)
{
    auto const memory =
        make_paged(0, [](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                         std::uint64_t, std::uint64_t) { sys::reply(Status::io_error, {}); });
    Child child;
    child.give(memory.value(), sys::rights(abi::Right::read, abi::Right::write));
    child.start(touch_fifth);
    auto const info = child.wait_for_end();
    expect_exception(info, 13);
    expect_equal(info.fault_status, static_cast<std::uint64_t>(Status::lease_fault));
    expect_equal(info.address, other_place + 5 * page);
}

CASE(a_pager_that_dies_ends_who_needs_the_page)
{
    Child pager;
    auto const endpoint = start_server(pager, echo_when_told);
    auto const memory = must(sys::paged_memory_create(pages, endpoint.value()));
    Child child;
    child.give(memory.value(), sys::rights(abi::Right::read, abi::Right::write));
    child.start(touch_fifth);
    eventually([] { return calls_begun() == 1; });
    pager.kill();
    expect_exception(child.wait_for_end(), 13);
}

// A pager that needs itself would wait for ever.
CASE(a_pager_that_needs_itself_ends)
{
    Child child;
    child.start([](std::uint64_t) {
        auto const memory =
            make_paged(0, [](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                             std::uint64_t, std::uint64_t, std::uint64_t) {
                sys::reply(static_cast<Status>(word_at(place + page)), {});
            });
        word_at(place) = 1;
    });
    expect_exception(child.wait_for_end(), 13);
}

void write_into_lease(std::uint64_t, std::uint64_t header, std::uint64_t, std::uint64_t,
                      std::uint64_t, std::uint64_t, std::uint64_t)
{
    if (is_event(header))
        sys::reply(Status::ok, {});
    static constinit std::byte bytes[2 * page]{};
    auto const count = sys::lease_write(0, 0, 0, bytes);
    sys::reply(count ? Status::ok : count.error(), {});
}

CASE(a_thread_that_is_interrupted_while_it_waits_for_the_pager_gets_its_page)
{
    auto const memory =
        make_paged(abi::supply_writable,
                   [](std::uint64_t badge, std::uint64_t header, std::uint64_t label,
                      std::uint64_t number, std::uint64_t, std::uint64_t, std::uint64_t) {
                       shared().word[4]++;
                       eventually([] { return may_answer() != 0; });
                       page_in(badge, header, label, number, 0, 0, 0);
                   });
    auto const read_page = [](std::uint64_t number) {
        expect_equal(word_at(place + number * page), 1000 + number);
        shared().word[3]++;
    };
    auto const served = start_thread_with_handle(read_page, 1, 20);
    eventually([] { return shared().word[4] == 1; });
    auto const queued = start_thread_with_handle(read_page, 2, 20);
    pause(10);
    must(sys::interrupt(queued.value()));
    must(sys::interrupt(served.value()));
    must(sys::upcall(queued.value(), 1, abi::upcall_abandons));
    may_answer() = 1;
    eventually([] { return shared().word[3] == 2; });
}

CASE(a_lease_into_a_missing_page_is_a_lease_fault)
{
    auto const memory = make_paged(0);
    auto const server = serve(write_into_lease);
    abi::Lease const lease{place + page, 2 * page, abi::Lease::out};
    auto const lend = [&] {
        own_buffer().leases[0] = lease;
        return call(server, {abi::MessageHeader::make(0, 0, 0, 1).bits, 0, {}}).status;
    };
    expect_status(lend(), Status::lease_fault);
    expect_equal(word_at(place + page), 1001);
    expect_status(lend(), Status::lease_fault);  // it is there, but must not be written
    sys::touch({&lease, 1});
    expect_equal(writes_wanted(), 2);
    expect_status(lend(), Status::ok);
    expect_equal(word_at(place + page), 0);
}

CASE(supplying_the_wrong_page_is_refused)
{
    auto const memory = make_paged(abi::supply_moved);
    auto const supply = [](HandleValue to, std::uint64_t at, HandleValue from, std::uint64_t source,
                           std::uint64_t count, std::uint64_t flags) {
        return to_status(sys::memory_supply({to, at, from, source, count, flags}));
    };
    expect_status(supply(paged, 0, cache, 0, 1, 0), Status::ok);
    expect_status(supply(paged, 0, cache, 1, 1, 0), Status::already_exists);
    expect_status(supply(paged, pages, cache, 0, 1, 0), Status::out_of_range);
    expect_status(supply(paged, 1, cache, pages, 1, 0), Status::out_of_range);
    expect_status(supply(paged, 1, cache, 1, 0, 0), Status::bad_argument);
    expect_status(supply(paged, 1, cache, 1, 65, 0), Status::too_large);
    expect_status(supply(paged, 1, cache, 1, 1, 4), Status::bad_argument);
    expect_status(supply(paged, 1, paged, 2, 1, 0), Status::bad_argument);
    expect_status(supply(cache, 1, paged, 0, 1, 0), Status::bad_argument);
    auto const block = must(sys::memory_create(abi::MemoryKind::contiguous, 1));
    expect_status(supply(paged, 1, block.value(), 0, 1, 0), Status::bad_argument);
    auto const weak = must(sys::duplicate(paged, sys::rights(abi::Right::read, abi::Right::write)));
    expect_status(supply(weak.value(), 1, cache, 1, 1, 0), Status::no_right);
    refused(sys::memory_discard(weak.value(), 0, 1), Status::no_right);
    refused(sys::memory_allow_writes(weak.value(), 0, 1, true), Status::no_right);
    refused(sys::memory_allow_writes(cache, 0, 1, true), Status::bad_argument);
    auto const pool = make_pool(echo);  // whose worker never runs, but pins the page
    (void)sys::thread_create(sys::own_process,
                             {.message_buffer = cache_place + page, .pool = pool.value()});
    expect_status(supply(paged, 1, cache, 1, 1, abi::supply_moved), Status::busy);
    expect_status(supply(paged, 1, cache, 1, 1, 0), Status::ok);
    auto const notification = must(sys::notification_create());
    refused(sys::paged_memory_create(1, notification.value()), Status::wrong_type);
}

void read_and_write(std::uint64_t)
{
    for (std::uint64_t i = 0;; i++) {
        std::uint64_t const at = place + i * 7 % pages * page;
        expect_equal(word_at(at), 1000 + i * 7 % pages);
        word_at(at + 64 * (1 + i % 4)) = i;
        shared().word[3]++;
    }
}

// Threads on all harts miss pages, several at once the same, while the pages are taken away.
CASE_ON_MANY_HARTS(pages_are_brought_in_and_taken_away_on_all_harts)
{
    for (std::uint64_t flags : {0ull, 3ull}) {
        Child child{{.quota_bytes = 4 << 20}};
        child.start(
            [](std::uint64_t how) {
                auto const memory = make_paged(how);
                for (int i = 0; i < 3; i++)
                    start_thread(read_and_write);
                for (Rounds rounds{200}; rounds.another();) {
                    must(sys::memory_discard(paged, 0, pages / 2));
                    must(sys::memory_allow_writes(paged, pages / 2, pages / 2, false));
                    pause(1);
                }
                sys::exit(0);
            },
            flags);
        auto const info = child.wait_for_end();
        expect(info.reason == abi::EndReason::exited);
        expect_equal(info.exit_code, 0);
        expect(shared().word[3] > 100);
        expect(pages_wanted() > pages);
    }
}

}  // namespace
