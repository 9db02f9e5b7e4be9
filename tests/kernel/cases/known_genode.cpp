// What went wrong in Genode's kernels, where who waits helps who it waits for: docs/known-bugs.md.
#include "lib/sys/memory.hpp"
#include "tests/kernel/random.hpp"
#include "tests/kernel/threads.hpp"
#include "tests/regcheck/regcheck.hpp"

namespace {

using namespace test;

std::atomic<std::uint64_t>& word(std::size_t index) { return shared().word[index]; }

HandleValue victim;

// A parent: its child asks it to end the child, and it does so at once, on the child's slice.
void end_child(std::uint64_t, std::uint64_t header, std::uint64_t label, std::uint64_t,
               std::uint64_t, std::uint64_t, std::uint64_t)
{
    if (!is_event(header) && label == 1) {
        calls_begun()++;
        eventually([] { return may_answer() != 0; });
        must(sys::process_kill(victim, 3));
        compute(1000);
        word(0)++;
    }
    sys::reply(Status::ok, {});
}

void call_and_count(std::uint64_t endpoint)
{
    expect_status(call(static_cast<HandleValue>(endpoint)).status, Status::ok);
    word(1)++;
}

Handle start_hog()
{
    word(11) = word(2) = 0;
    auto thread = start_thread_with_handle(
        [](std::uint64_t) {
            while (word(2) == 0)
                word(11)++;
            word(3)++;
        },
        0, 10, first_hart);
    eventually([] { return word(11) != 0; });
    return thread;
}

// Somebody else waits for the parent's only worker meanwhile, and helps the child's slice; then,
// with the child gone, the pool's, which would have to wait for the hog.
void end_a_child(HandleValue parent)
{
    Child child;
    victim = child.process();
    calls_begun() = may_answer() = word(0) = word(1) = word(3) = 0;
    child.give(parent);
    child.start([](std::uint64_t) { (void)call(given(1), {0, 1, {}}); });
    eventually([] { return calls_begun() == 1; });
    auto const hog = start_hog();
    auto const waiting = start_thread_with_handle(call_and_count, parent, 15, first_hart);
    pause(5);
    may_answer() = 1;
    expect_equal(child.wait_for_end().exit_code, 3);
    eventually([] { return word(0) == 1 && word(1) == 1; });
    word(2) = 1;
    eventually([] { return word(3) == 1; });
}

CASE_ON_MANY_HARTS(a_parent_ends_its_child_while_it_runs_on_the_childs_slice)
{
    auto const pool = make_pool(end_child);
    add_worker(pool);
    must(sys::schedule(pool.value(), {1, 0, 0, first_hart}));
    auto const parent = make_endpoint(pool);
    for (int i = 0; i < 10; i++)
        end_a_child(parent.value());
}

// Threads that wait for one worker all the time, and help each other. No call is a short one.
void help_each_other(std::uint64_t)
{
    for (int i = 0; i < 3; i++)
        start_thread([](std::uint64_t) {
            for (;; word(7)++)
                (void)call(given(1), {abi::MessageHeader::make(0, 0, 1).bits, 0, {}});
        });
    word(2) = 1;
    stay();
}

void answer_plainly(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                    std::uint64_t, std::uint64_t)
{
    sys::reply(Status::ok, {});
}

void keep_registers(std::uint64_t place)
{
    while (word(3) == 0)
        word(4) += check_registers(place << 40, 100);
    word(5)++;
}

// The first hart has something else to run, the others nothing.
CASE_ON_MANY_HARTS(who_helps_and_who_is_helped_may_end_and_nobody_elses_registers_change)
{
    std::uint32_t const below = sys::start_info().priority - 1;
    auto const keeper = start_thread_with_handle(keep_registers, 1, below, first_hart);
    Random random{1719};
    Child server{{.priority = below}};
    auto const endpoint = start_server(server, answer_plainly);
    for (Rounds rounds{60}; rounds.another();) {
        Child helpers{{.priority = below}};
        helpers.give(endpoint.value());
        word(2) = 0;
        helpers.start(help_each_other);
        eventually([] { return word(2) != 0; });
        pause(random.below(3));
        helpers.kill();
        std::uint64_t const calls = word(7);
        expect_status(call(endpoint).status, Status::ok);
        expect_equal(word(7), calls);
    }
    word(3) = 1;
    eventually([] { return word(5) == 1; });
    expect_equal(word(4), 0);
}

void compute_until_told(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                        std::uint64_t, std::uint64_t)
{
    calls_begun()++;
    while (may_answer() == 0)
        word(10)++;
    sys::reply(Status::ok, {});
}

bool makes_progress()
{
    std::uint64_t const before = word(10);
    pause(10);
    return word(10) != before;
}

// Two callers on the other hart, one of which helps the other: what both have to run on is taken
// away while that hart runs it, and given back.
CASE_ON_MANY_HARTS(a_slice_that_is_helped_on_another_hart_is_stopped_there)
{
    on_hart(first_hart, [](std::uint64_t other) {
        auto const endpoint = serve_calls(compute_until_told);
        auto const first = start_thread_with_handle(call_and_count, endpoint.value(), 10, other);
        eventually([] { return calls_begun() == 1; });
        auto const second = start_thread_with_handle(call_and_count, endpoint.value(), 10, other);
        pause(5);
        for (int round = 0; round < 10; round++) {
            eventually(makes_progress);
            for (Handle const* thread : {&first, &second})
                must(sys::schedule(thread->value(),
                                   {10, milliseconds(1), milliseconds(60'000), other}));
            eventually([] { return !makes_progress(); });
            for (Handle const* thread : {&first, &second})
                must(sys::schedule(thread->value(), {10, 0, 0, other}));
        }
        may_answer() = 1;
        eventually([] { return word(1) == 2; });
    });
}

constexpr std::uint64_t place = 0x6000'0000;
constexpr std::uint64_t pages = 4;
constexpr auto read_write = sys::protect_read | sys::protect_write;
HandleValue paged;
HandleValue cache;

// Brings a page; page 0 takes until word 201 is set.
void bring_page(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t number, std::uint64_t,
                std::uint64_t, std::uint64_t)
{
    calls_begun()++;
    while (number == 0 && may_answer() == 0)
        word(10)++;
    must(sys::memory_supply({.paged = paged,
                             .page = number,
                             .memory = cache,
                             .memory_page = number,
                             .flags = abi::supply_writable}));
    sys::reply(Status::ok, {});
}

// A pager with one worker, whose own priority is the lowest.
Handle start_pager()
{
    auto const pool = make_pool(bring_page);
    add_worker(pool);
    must(sys::schedule(pool.value(), {1, 0, 0, first_hart}));
    auto endpoint = make_endpoint(pool);
    cache = must(sys::memory_create(abi::MemoryKind::anonymous, pages)).release();
    paged = must(sys::paged_memory_create(pages, endpoint.value())).release();
    (void)must(sys::map({0, paged, place, 0, pages, read_write}));
    return endpoint;
}

void touch_page(std::uint64_t number)
{
    *reinterpret_cast<std::uint64_t volatile*>(place + number * abi::page_size) = 1;
    word(1)++;
}

CASE(a_pager_runs_at_the_priority_of_who_needs_the_page)
{
    auto const pager = start_pager();
    auto const hog = start_hog();
    auto const urgent = start_thread_with_handle(touch_page, 1, 15, first_hart);
    eventually([] { return word(1) == 1; });
    word(2) = 1;
}

CASE(who_waits_for_a_busy_pager_helps_it)
{
    auto const pager = start_pager();
    auto const low = start_thread_with_handle(touch_page, 0, 5, first_hart);
    eventually([] { return calls_begun() == 1; });
    auto const hog = start_hog();
    expect(!makes_progress());
    auto const urgent = start_thread_with_handle(touch_page, 1, 15, first_hart);
    eventually([] { return makes_progress(); });
    may_answer() = 1;
    eventually([] { return calls_begun() == 2; });
    word(2) = 1;
    eventually([] { return word(1) == 2; });
}

}  // namespace
