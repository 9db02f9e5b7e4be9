// Memory: what can be mapped where, and what a process sees in it.
#include "lib/sys/memory.hpp"
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

constexpr std::uint64_t page = abi::page_size;
constexpr std::uint64_t place = 0x6000'0000;
constexpr auto read_only = sys::protect_read;
constexpr auto read_write = sys::protect_read | sys::protect_write;
constexpr auto read_execute = sys::protect_read | sys::protect_execute;

Handle new_memory(std::uint64_t pages)
{
    return must(sys::memory_create(abi::MemoryKind::anonymous, pages));
}

std::uint64_t volatile& word_at(std::uint64_t address)
{
    return *reinterpret_cast<std::uint64_t volatile*>(address);
}

void read_at(std::uint64_t address)
{
    std::uint64_t value;
    asm volatile("ld %0, 0(%1)" : "=r"(value) : "r"(address));
}

// How a child ends that makes one access.
abi::ProcessInfo end_after(Entry access, std::uint64_t address)
{
    Child child;
    child.start(access, address);
    return child.wait_for_end();
}

CASE(only_protections_without_write_and_execute_are_granted)
{
    auto const memory = new_memory(1);
    for (std::uint64_t protection = 0; protection < 16; protection++) {
        bool const good = protection == 0 || protection == read_only || protection == read_write ||
                          protection == read_execute;
        auto const mapped = sys::map({0, memory.value(), place, 0, 1, protection});
        expect_status(mapped ? Status::ok : mapped.error(),
                      good ? Status::ok : Status::bad_argument);
        if (mapped)
            must(sys::unmap(0, place, 1));
    }
    (void)must(sys::map({0, memory.value(), place, 0, 1, read_write}));
    for (std::uint64_t protection : {6ull, 7ull, 2ull, 4ull, 8ull, ~0ull})
        refused(sys::protect(0, place, 1, protection), Status::bad_argument);
}

CASE(a_mapping_never_allows_more_than_its_handle_did)
{
    auto const memory = new_memory(1);
    auto const weak = must(sys::duplicate(memory.value(), sys::rights(abi::Right::read)));
    refused(sys::map({0, weak.value(), place, 0, 1, read_write}), Status::no_right);
    refused(sys::map({0, weak.value(), place, 0, 1, read_execute}), Status::no_right);
    (void)must(sys::map({0, weak.value(), place, 0, 1, read_only}));
    refused(sys::protect(0, place, 1, read_write), Status::no_right);
    auto const none = must(sys::duplicate(memory.value(), sys::rights(abi::Right::write)));
    refused(sys::map({0, none.value(), place + page, 0, 1, read_write}), Status::no_right);
}

CASE(ranges_outside_the_memory_or_user_space_are_refused)
{
    auto const memory = new_memory(4);
    auto const map = [&](std::uint64_t address, std::uint64_t first, std::uint64_t pages) {
        auto const mapped = sys::map({0, memory.value(), address, first, pages, read_only});
        return mapped ? Status::ok : mapped.error();
    };
    expect_status(map(place, 0, 0), Status::out_of_range);
    expect_status(map(place, 0, 5), Status::out_of_range);
    expect_status(map(place, 4, 1), Status::out_of_range);
    expect_status(map(place, ~0ull, 2), Status::out_of_range);
    expect_status(map(place, 1, ~0ull), Status::out_of_range);
    expect_status(map(place + 1, 0, 1), Status::bad_argument);
    expect_status(map(0x1000, 0, 1), Status::bad_argument);
    expect_status(map(0xf000, 0, 2), Status::bad_argument);
    expect_status(map(0x3f'ffff'f000, 0, 2), Status::bad_argument);
    expect_status(map(0x40'0000'0000, 0, 1), Status::bad_argument);
    expect_status(map(0xffff'ffc0'0000'0000, 0, 1), Status::bad_argument);
    expect_status(map(0xffff'ffff'8000'0000, 0, 1), Status::bad_argument);
    expect_status(map(~0ull - 4095, 0, 1), Status::bad_argument);
    expect_status(map(0x3f'ffff'f000, 0, 1), Status::ok);
    expect_status(map(place, 0, 4), Status::ok);
    expect_status(map(place + 3 * page, 0, 1), Status::bad_argument);  // something is there
    expect_status(map(place - page, 0, 2), Status::bad_argument);
    refused(sys::unmap(0, place, ~0ull), Status::bad_argument);
    refused(sys::unmap(0, place + 1, 1), Status::bad_argument);
    refused(sys::unmap(0, place, 0), Status::bad_argument);
    refused(sys::unmap(0, 0xffff'ffc0'0000'0000, 1), Status::bad_argument);
    refused(sys::protect(0, place, 5, read_only), Status::bad_address);
    refused(sys::memory_create(abi::MemoryKind::anonymous, 0), Status::bad_argument);
    refused(sys::memory_create(abi::MemoryKind::anonymous, ~0ull), Status::bad_argument);
    refused(sys::memory_create(abi::MemoryKind{7}, 1), Status::bad_argument);
}

void map_five(std::uint64_t)
{
    auto const memory = new_memory(5);
    (void)must(sys::map({0, memory.value(), place, 0, 5, read_write}));
    for (std::uint64_t i = 0; i < 5; i++)
        word_at(place + i * page) = i + 1;
}

void expect_left(std::uint64_t missing)
{
    for (std::uint64_t i = 0; i < 5; i++)
        if (i != missing)
            expect_equal(word_at(place + i * page), i + 1);
}

CASE(a_page_in_the_middle_can_be_unmapped)
{
    map_five(0);
    must(sys::unmap(0, place + 2 * page, 1));
    expect_left(2);
    auto const info = end_after(
        [](std::uint64_t) {
            map_five(0);
            must(sys::unmap(0, place + 2 * page, 1));
            expect_left(2);
            read_at(place + 2 * page);
        },
        0);
    expect_exception(info, 13);
    expect_equal(info.address, place + 2 * page);
    auto const other = new_memory(1);
    (void)must(sys::map({0, other.value(), place + 2 * page, 0, 1, read_write}));
    expect_equal(word_at(place + 2 * page), 0);
    must(sys::unmap(0, place - 16 * page, 64));  // over all of it and the holes around
    (void)must(sys::map({0, other.value(), place, 0, 1, read_write}));
}

CASE(protection_takes_effect_at_once)
{
    expect_exception(end_after(
                         [](std::uint64_t) {
                             map_five(0);
                             must(sys::protect(0, place + page, 1, read_only));
                             expect_left(5);
                             word_at(place + page) = 1;
                         },
                         0),
                     15);
    expect_exception(end_after(
                         [](std::uint64_t) {
                             map_five(0);
                             must(sys::protect(0, place, 5, 0));
                             read_at(place);
                         },
                         0),
                     13);
    map_five(0);
    must(sys::protect(0, place + page, 2, read_only));
    must(sys::protect(0, place, 5, 0));
    must(sys::protect(0, place, 5, read_write));
    expect_left(5);
    word_at(place + page) = 9;
}

// Another hart may hold the old translation.
CASE_ON_MANY_HARTS(unmapping_reaches_threads_on_other_harts)
{
    for (int i = 0; i < 5; i++) {
        auto const info = end_after(
            [](std::uint64_t) {
                map_five(0);
                for (int thread = 0; thread < 3; thread++)
                    start_thread([](std::uint64_t) {
                        for (;;)
                            word_at(place + page) = word_at(place + page);
                    });
                pause(20);
                must(sys::unmap(0, place + page, 1));
                stay();
            },
            0);
        expect(info.reason == abi::EndReason::exception);
        expect(info.cause == 13 || info.cause == 15);
        expect_equal(info.address, place + page);
    }
}

bool is_zero(std::uint64_t address, std::uint64_t pages)
{
    for (std::uint64_t at = address; at < address + pages * page; at += 8)
        if (word_at(at) != 0)
            return false;
    return true;
}

CASE(recycled_pages_arrive_zeroed)
{
    constexpr std::uint64_t pages = 512;
    for (std::uint64_t round = 0; round < 6; round++) {
        auto const kind = round % 2 == 0 ? abi::MemoryKind::anonymous : abi::MemoryKind::contiguous;
        auto memory = must(sys::memory_create(kind, pages));
        (void)must(sys::map({0, memory.value(), place, 0, pages, read_write}));
        expect(is_zero(place, pages));
        for (std::uint64_t at = place; at < place + pages * page; at += 8)
            word_at(at) = 0xdead'beef'dead'beef;
        must(sys::unmap(0, place, pages));
    }
}

// Aligned as it is, contiguous memory is mapped by large pages, which need no tables; their parts
// can be treated differently nevertheless.
CASE(large_pages_behave_as_their_parts)
{
    constexpr std::uint64_t pages = 1024;
    auto const memory = must(sys::memory_create(abi::MemoryKind::contiguous, pages));
    std::uint64_t const before = must(sys::process_info(0)).used_bytes;
    (void)must(sys::map({0, memory.value(), place, 0, pages, read_write}));
    for (std::uint64_t i = 0; i < pages; i++)
        word_at(place + i * page) = i;
    expect(must(sys::process_info(0)).used_bytes - before < 3 * page);
    must(sys::protect(0, place + 100 * page, 2, read_only));
    must(sys::unmap(0, place + 600 * page, 1));
    for (std::uint64_t i = 0; i < pages; i++)
        if (i != 600)
            expect_equal(word_at(place + i * page), i);
    word_at(place + 99 * page) = 1;
    word_at(place + 102 * page) = 1;
    expect(must(sys::process_info(0)).used_bytes - before > 2 * page);
    (void)must(sys::map({0, memory.value(), 2 * place + page, 0, pages, read_write}));
    expect_equal(word_at(2 * place + 100 * page), 1);  // no large page fits here
    expect_equal(word_at(2 * place + 101 * page), 100);
    for (std::uint64_t offset : {100ull, 600ull}) {
        Child child{{.quota_bytes = 6 << 20}};
        child.start(
            [](std::uint64_t missing) {
                auto const own = must(sys::memory_create(abi::MemoryKind::contiguous, pages));
                (void)must(sys::map({0, own.value(), place, 0, pages, read_write}));
                word_at(place + missing * page) = 1;
                must(missing == 100 ? sys::protect(0, place + missing * page, 1, read_only)
                                    : sys::unmap(0, place + missing * page, 1));
                word_at(place + (missing + 1) * page) = 1;
                word_at(place + missing * page) = 1;
            },
            offset);
        auto const info = child.wait_for_end();
        expect_exception(info, 15);
        expect_equal(info.address, place + offset * page);
    }
}

// What one process left behind is not for the next.
CASE(pages_of_a_process_that_ended_arrive_zeroed)
{
    for (int round = 0; round < 4; round++) {
        Child writer{{.quota_bytes = 6 << 20}};
        writer.start([](std::uint64_t) {
            auto const memory = new_memory(1024);
            (void)must(sys::map({0, memory.value(), place, 0, 1024, read_write}));
            expect(is_zero(place, 1024));
            for (std::uint64_t at = place; at < place + 1024 * page; at += 64)
                word_at(at) = 0x5ec2e7;
        });
        expect_equal(writer.wait_for_end().exit_code, 0);
    }
}

CASE(two_processes_share_a_memory)
{
    auto const memory = new_memory(1);
    (void)must(sys::map({0, memory.value(), place, 0, 1, read_write}));
    word_at(place) = 11;
    Child child;
    child.give(memory.value(), sys::rights(abi::Right::read, abi::Right::write));
    child.start([](std::uint64_t) {
        (void)must(sys::map({0, given(1), 2 * place, 0, 1, read_write}));
        expect_equal(word_at(2 * place), 11);
        word_at(2 * place) = 12;
    });
    child.wait_for_end();
    expect_equal(word_at(place), 12);
    expect_equal(must(sys::memory_size(memory.value())), 1);
}

CASE(memory_lives_as_long_as_it_is_mapped)
{
    auto memory = new_memory(2);
    (void)must(sys::map({0, memory.value(), place, 0, 2, read_write}));
    word_at(place) = 5;
    memory = {};
    pause(20);
    for (int i = 0; i < 50; i++) {
        auto const other = new_memory(1);
        auto const at = must(sys::map({0, other.value(), 0, 0, 1, read_write}));
        word_at(at) = 6;
        must(sys::unmap(0, at, 1));
    }
    expect_equal(word_at(place), 5);
    expect_equal(word_at(place + page), 0);
}

CASE(running_off_a_mapping_is_a_fault)
{
    auto const info = end_after(
        [](std::uint64_t) {
            auto const first = new_memory(1);
            auto const second = new_memory(1);
            auto const at = must(sys::map({0, first.value(), 0, 0, 1, read_write}));
            (void)must(sys::map({0, second.value(), 0, 0, 1, read_write}));
            word_at(at + page) = 1;
        },
        0);
    expect_exception(info, 15);
}

CASE(an_access_that_begins_inside_and_runs_out_is_a_fault)
{
    auto const info = end_after(
        [](std::uint64_t) {
            map_five(0);
            std::uint64_t value;
            asm volatile("ld %0, 0(%1)" : "=r"(value) : "r"(place + 5 * page - 4));
        },
        0);
    expect(info.reason == abi::EndReason::exception);
    expect(info.cause == 13 || info.cause == 4);  // or a hart that does not do it at all
}

CASE(message_buffers_must_be_aligned_and_writable)
{
    map_five(0);
    must(sys::protect(0, place + page, 1, read_only));
    std::uint64_t const bad[] = {
        place + 8,    place + 512,    place + 5 * page, 0, 0xffff'ffc0'8020'0000,
        ~0ull - 1023, 0x40'0000'0000, place + page};
    for (std::uint64_t address : bad) {
        abi::ThreadParameters const parameters{.message_buffer = address};
        auto const made = sys::thread_create(sys::own_process, parameters);
        expect(!made &&
               (made.error() == Status::bad_argument || made.error() == Status::bad_address));
    }
    expect_equal(must(sys::process_info(0)).thread_count, 1);
}

}  // namespace
