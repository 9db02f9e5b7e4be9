// Clones: of a memory and of an address space, copied page by page when somebody writes.
#include "lib/sys/memory.hpp"
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

constexpr std::uint64_t page = abi::page_size;
constexpr std::uint64_t place = 0x6000'0000;
constexpr std::uint64_t other_place = 0x7000'0000;
constexpr std::uint64_t third_place = 0x8000'0000;
constexpr auto read_write = sys::protect_read | sys::protect_write;

std::uint64_t volatile& word_at(std::uint64_t address)
{
    return *reinterpret_cast<std::uint64_t volatile*>(address);
}

std::uint64_t used() { return must(sys::process_info(0)).used_bytes; }

Handle new_memory(std::uint64_t pages, std::uint64_t address, std::uint64_t flags = 0)
{
    auto memory = must(sys::memory_create(abi::MemoryKind::anonymous, pages));
    (void)must(sys::map({0, memory.value(), address, 0, pages, read_write | flags}));
    return memory;
}

void fill(std::uint64_t address, std::uint64_t pages, std::uint64_t value)
{
    for (std::uint64_t i = 0; i < pages; i++) {
        word_at(address + i * page) = value + i;
        word_at(address + i * page + page - 8) = value + i;
    }
}

void expect_filled(std::uint64_t address, std::uint64_t pages, std::uint64_t value,
                   Where where = Where::current())
{
    for (std::uint64_t i = 0; i < pages; i++) {
        expect_equal(word_at(address + i * page), value + i, where);
        expect_equal(word_at(address + i * page + page - 8), value + i, where);
    }
}

Handle map_clone(Handle const& memory, std::uint64_t first, std::uint64_t pages,
                 std::uint64_t address)
{
    auto clone = must(sys::memory_clone(memory.value(), first, pages));
    (void)must(sys::map({0, clone.value(), address, 0, pages, read_write}));
    return clone;
}

CASE(a_clone_and_its_original_do_not_see_each_others_writes)
{
    auto const memory = new_memory(8, place);
    fill(place, 6, 100);
    auto const clone = map_clone(memory, 0, 8, other_place);
    expect_filled(other_place, 6, 100);
    expect_equal(word_at(other_place + 7 * page), 0);
    fill(place, 3, 200);        // the original is written first
    fill(other_place, 2, 300);  // then the clone
    word_at(other_place + 5 * page + 8) = 7;
    expect_filled(place, 3, 200);
    expect_filled(place + 3 * page, 3, 103);
    expect_filled(other_place, 2, 300);
    expect_filled(other_place + 2 * page, 4, 102);
    expect_equal(word_at(place + 5 * page + 8), 0);
    word_at(place + 7 * page) = 1;
    expect_equal(word_at(other_place + 7 * page), 0);
}

CASE(a_clone_of_a_part_is_that_part)
{
    auto const memory = new_memory(600, place);
    fill(place + 510 * page, 4, 5);
    auto const clone = map_clone(memory, 511, 3, other_place);
    expect_equal(must(sys::memory_size(clone.value())), 3);
    expect_filled(other_place, 3, 6);
    refused(sys::memory_clone(memory.value(), 599, 2), Status::out_of_range);
    refused(sys::memory_clone(memory.value(), 0, 0), Status::bad_argument);
    auto const block = must(sys::memory_create(abi::MemoryKind::contiguous, 1));
    refused(sys::memory_clone(block.value(), 0, 1), Status::bad_argument);
}

CASE(a_clone_outlives_its_original_and_is_cloned_itself)
{
    auto memory = new_memory(4, place);
    fill(place, 4, 1);
    auto first = map_clone(memory, 0, 4, other_place);
    must(sys::unmap(0, place, 4));
    memory = {};
    auto const second = map_clone(first, 0, 4, third_place);
    fill(other_place, 2, 50);
    must(sys::unmap(0, other_place, 4));
    first = {};
    pause(5);
    expect_filled(third_place, 4, 1);
    fill(third_place, 4, 9);
    expect_filled(third_place, 4, 9);
}

// Who clones has paid for all that it may come to write.
CASE(a_clone_is_paid_for_at_once_and_writing_costs_nothing)
{
    auto const memory = new_memory(64, place);
    fill(place, 64, 1);
    (void)new_memory(64, other_place);
    fill(other_place, 64, 1);  // the page tables are there
    must(sys::unmap(0, other_place, 64));
    pause(5);
    std::uint64_t const before = used();
    auto const clone = map_clone(memory, 0, 64, other_place);
    std::uint64_t const after = used();
    expect(after - before >= 64 * page && after - before <= 67 * page);
    fill(place, 32, 7);
    fill(other_place, 64, 8);
    expect_equal(used(), after);
    expect_filled(place, 32, 7);
    expect_filled(place + 32 * page, 32, 33);
}

CASE(a_clone_beyond_the_quota_fails_without_effect)
{
    Child child{{.quota_bytes = 1 << 20}};
    child.start([](std::uint64_t) {
        auto const memory = new_memory(140, place);
        fill(place, 140, 3);
        pause(5);
        std::uint64_t const before = used();
        refused(sys::memory_clone(memory.value(), 0, 140), Status::no_memory);
        eventually([before] { return used() == before; });
        fill(place, 140, 4);
        expect_filled(place, 140, 4);
    });
    auto const info = child.wait_for_end();
    expect(info.reason == abi::EndReason::exited);
    expect_equal(info.exit_code, 0);
}

// Long enough that timers interrupt it.
CASE(cloning_goes_on_where_an_interrupt_stopped_it)
{
    auto const timer = must(sys::notification_create());
    must(sys::arm(timer.value(), 1, 0, milliseconds(1)));
    auto const memory = new_memory(1000, place);
    for (Rounds rounds{20}; rounds.another();) {
        fill(place, 1000, 40);
        auto const clone = map_clone(memory, 0, 1000, other_place);
        expect_filled(other_place, 1000, 40);
        fill(place, 1000, 80);
        expect_filled(other_place, 1000, 40);
        must(sys::unmap(0, other_place, 1000));
        (void)sys::poll(timer.value());
        pause(2);
    }
}

// What makes the pages of two mappings differ must be seen by both.
CASE(all_mappings_of_a_memory_see_the_copy)
{
    auto const memory = new_memory(2, place);
    (void)must(sys::map({0, memory.value(), third_place, 0, 2, read_write}));
    fill(place, 2, 10);
    expect_filled(third_place, 2, 10);
    auto const clone = map_clone(memory, 0, 2, other_place);
    expect_equal(word_at(third_place), 10);  // an entry that is there when the page is copied
    word_at(place) = 77;
    expect_equal(word_at(third_place), 77);
    word_at(third_place + page) = 78;
    expect_equal(word_at(place + page), 78);
    expect_filled(other_place, 2, 10);
}

CASE(a_clone_can_be_protected_and_unmapped_in_parts)
{
    auto const memory = new_memory(6, place);
    fill(place, 6, 1);
    auto const clone = map_clone(memory, 0, 6, other_place);
    must(sys::protect(0, other_place, 6, sys::protect_read));
    must(sys::unmap(0, other_place + 2 * page, 2));
    must(sys::protect(0, other_place, 2, read_write));
    fill(other_place, 2, 5);
    expect_filled(place, 6, 1);
    expect_filled(other_place + 4 * page, 2, 5);
}

CASE(discarded_pages_are_zero_again)
{
    auto const memory = new_memory(200, place);
    fill(place, 200, 1);
    auto const clone = map_clone(memory, 0, 200, other_place);
    std::uint64_t const before = used();
    must(sys::memory_discard(memory.value(), 1, 150));
    expect_equal(before - used(), 150 * page);
    expect_filled(place, 1, 1);
    for (std::uint64_t i = 1; i < 151; i++)
        expect_equal(word_at(place + i * page), 0);
    expect_filled(place + 151 * page, 49, 152);
    expect_filled(other_place, 200, 1);
    refused(sys::memory_discard(memory.value(), 199, 2), Status::out_of_range);
}

void expect_exit(Child& child, std::uint64_t code = 0, Where where = Where::current())
{
    auto const info = child.wait_for_end(where);
    expect(info.reason == abi::EndReason::exited, where);
    expect_equal(info.exit_code, code, where);
}

CASE(a_cloned_process_has_the_memory_of_the_moment)
{
    (void)new_memory(20, place);
    (void)new_memory(1, other_place, abi::map_shared);
    fill(place, 18, 1);
    must(sys::protect(0, place + 5 * page, 1, sys::protect_read));
    Child child;
    start_clone(
        child.process(),
        [](std::uint64_t argument) {
            while (word_at(other_place) == 0) {
            }
            expect_equal(argument, 11);
            expect_filled(place, 18, 1);
            must(sys::protect(0, place + 5 * page, 1, read_write));
            fill(place, 20, 400);
            word_at(other_place) = 2;
            expect_filled(place, 20, 400);
        },
        11);
    must(sys::protect(0, place + 5 * page, 1, read_write));
    fill(place, 20, 200);
    word_at(other_place) = 1;
    expect_exit(child);
    expect_equal(word_at(other_place), 2);
    expect_filled(place, 20, 200);
}

CASE(a_clone_of_a_process_into_one_that_has_memory_is_refused)
{
    (void)new_memory(1, place);
    Child child;
    auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, 1));
    (void)must(sys::map({child.process(), memory.value(), place, 0, 1, read_write}));
    refused(sys::space_clone(0, child.process()), Status::bad_argument);
    refused(sys::space_clone(0, 0), Status::bad_argument);
    Child small{{.quota_bytes = 64 << 10}};
    refused(sys::space_clone(0, small.process()), Status::no_memory);
}

// The kernel knows message buffers by their frames.
CASE(message_buffers_stay_where_they_are_when_a_process_is_cloned)
{
    auto const endpoint = serve([](std::uint64_t, std::uint64_t header, std::uint64_t,
                                   std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t) {
        if (!is_event(header))
            for (auto& word : own_buffer().words)
                word++;
        sys::reply(Status::ok, {abi::MessageHeader::make(64).bits, 0, {}});
    });
    own_buffer().words[5] = 1;
    Child child;
    start_clone(
        child.process(),
        [](std::uint64_t address) {
            auto& parents = *reinterpret_cast<abi::MessageBuffer volatile*>(address);
            expect_equal(parents.words[5], 1);
            parents.words[5] = 1000;
            pause(1);
        },
        sys::address_of(&own_buffer()));
    own_buffer().words[5] = 2;
    expect_status(call(endpoint, {abi::MessageHeader::make(64).bits, 0, {}}).status, Status::ok);
    expect_equal(own_buffer().words[5], 3);
    (void)child.wait_for_end();
    expect_status(call(endpoint, {abi::MessageHeader::make(64).bits, 0, {}}).status, Status::ok);
    expect_equal(own_buffer().words[5], 4);
}

// Nothing grows from one generation to the next.
CASE(many_generations_of_clones_leave_nothing_behind)
{
    (void)new_memory(30, place);
    std::uint64_t used_before = 0;
    for (std::uint64_t generation = 0; generation < 60; generation++) {
        fill(place, 15, generation);
        Child child;
        start_clone(
            child.process(),
            [](std::uint64_t value) {
                expect_filled(place, 15, value);
                fill(place + page, 20, 1);
            },
            generation);
        fill(place + page, 3, generation);
        expect_exit(child);
        if (generation == 10)
            used_before = used();
    }
    expect(used() <= used_before + 60 * 6 * page);  // stacks of the threads stay in this process
}

void write_for_ever(std::uint64_t number)
{
    for (std::uint64_t i = 1;; i++)
        for (std::uint64_t at = 0; at < 16; at++)
            word_at(place + at * page + number * 8) = i;
}

// Writers on other harts may hold entries that allow writing.
CASE_ON_MANY_HARTS(a_clone_does_not_change_while_others_write_to_the_original)
{
    auto const memory = new_memory(16, place);
    fill(place, 16, 1);
    for (std::uint64_t i = 1; i <= 3; i++)
        start_thread(write_for_ever, i);
    for (Rounds rounds{150}; rounds.another();) {
        auto const clone = map_clone(memory, 0, 16, other_place);
        std::uint64_t seen[16][4];
        for (std::uint64_t at = 0; at < 16; at++)
            for (std::uint64_t i = 1; i <= 3; i++)
                seen[at][i] = word_at(other_place + at * page + i * 8);
        std::uint64_t before = word_at(place + 8);
        for (std::uint64_t turn = 0; turn < 3; turn++) {
            sys::yield();
            for (std::uint64_t at = 0; at < 16; at++)
                for (std::uint64_t i = 1; i <= 3; i++)
                    expect_equal(word_at(other_place + at * page + i * 8), seen[at][i]);
            expect(word_at(place + 8) >= before);  // no write is lost
            before = word_at(place + 8);
        }
        must(sys::unmap(0, other_place, 16));
    }
}

// One of many threads of a process that do all this at once, each at pages of its own and at pages
// that all have.
void use_memory(std::uint64_t number)
{
    std::uint64_t const mine = third_place + number * (1 << 24);
    for (std::uint64_t round = 1;; round++) {
        auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, 6));
        (void)must(sys::map({0, memory.value(), mine, 0, 6, read_write}));
        fill(mine, 6, round);
        for (std::uint64_t i = 0; i < 16; i++)
            word_at(place + i * page + number * 8) = round;
        if (round % 4 == 0) {
            auto const clone = must(sys::memory_clone(memory.value(), 0, 6));
            (void)must(sys::map({0, clone.value(), mine + (1 << 20), 0, 6, read_write}));
            fill(mine, 2, round + 7);
            expect_filled(mine + (1 << 20), 6, round);
            must(sys::unmap(0, mine + (1 << 20), 6));
            expect_filled(mine, 2, round + 7);
        }
        must(sys::protect(0, mine + page, 3, sys::protect_read));
        must(sys::protect(0, mine + 2 * page, 1, read_write));
        word_at(mine + 2 * page) = round;
        must(sys::unmap(0, mine, 6));
        for (std::uint64_t i = 0; i < 16; i++)
            expect_equal(word_at(place + i * page + number * 8), round);
        shared().word[10 + number]++;
    }
}

// The process is cloned and killed in the middle of it.
CASE_ON_MANY_HARTS(threads_on_all_harts_use_memory_until_they_are_killed)
{
    for (Rounds rounds{4}; rounds.another();) {
        for (std::uint64_t i = 0; i < 4; i++)
            shared().word[10 + i] = 0;
        Child child{{.quota_bytes = 6 << 20}};
        child.start([](std::uint64_t) {
            (void)new_memory(16, place);
            for (std::uint64_t i = 0; i < 4; i++)
                start_thread(use_memory, i);
            stay();
        });
        eventually([] { return shared().word[10] > 5 && shared().word[13] > 5; });
        for (int i = 0; i < 4; i++) {
            Child clone{{.quota_bytes = 6 << 20}};
            must(sys::space_clone(child.process(), clone.process()));
        }
        expect(!child.has_ended());
        child.kill();
        expect_equal(shared().failures, 0);
    }
}

}  // namespace
