// Processes that draw on their payer's quota: what they are charged, it is charged, too.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

constexpr std::uint64_t no_limit = 1ull << 40;

std::uint64_t used(HandleValue process = sys::own_process)
{
    return must(sys::process_info(process)).used_bytes;
}

ChildOptions drawing_on(HandleValue payer, std::uint64_t limit_bytes = no_limit)
{
    return {.quota_bytes = limit_bytes, .payer = payer, .flags = abi::process_draws};
}

// Makes memory until that fails, and keeps it. Leaves the status in word 0, the count in word 1.
void take_all(std::uint64_t pages)
{
    for (;; shared().word[1]++) {
        auto memory = sys::memory_create(abi::MemoryKind::contiguous, pages);
        if (!memory) {
            shared().word[0] = static_cast<std::uint64_t>(memory.error());
            return;
        }
        (void)memory->release();
    }
}

CASE(a_process_that_draws_reserves_nothing)
{
    std::uint64_t const before = used();
    {
        Child child{drawing_on(sys::own_process)};
        auto const info = child.info();
        expect_equal(info.quota_bytes, no_limit);
        expect(used() > before + info.used_bytes);  // the process itself is the payer's alone
        expect(used() < before + info.used_bytes + abi::page_size);
    }
    eventually([before] { return used() == before; });
}

CASE(one_process_that_draws_can_use_up_its_payer)
{
    Child const account{{.quota_bytes = 2 << 20}};
    std::uint64_t const before = used(account.process());
    {
        Child greedy{drawing_on(account.process())};
        Child modest{drawing_on(account.process())};
        std::uint64_t const modests = modest.info().used_bytes;
        greedy.start([](std::uint64_t) {
            take_all(4);
            for (;;)
                pause(1000);
        });
        eventually([] { return shared().word[0] != 0; });
        expect_equal(shared().word[0], static_cast<std::uint64_t>(Status::no_memory));
        expect(shared().word[1] > 50);
        expect(greedy.info().used_bytes < 2 << 20);
        expect(used(account.process()) <= 2 << 20);
        expect(used(account.process()) > (2 << 20) - 4 * abi::page_size);
        expect_equal(modest.info().used_bytes, modests);
        refused(sys::process_create({account.process(), no_limit, 4096, 1, abi::process_draws}),
                Status::no_memory);
        greedy.kill();
        shared().word[1] = 0;
        modest.start([](std::uint64_t) { take_all(16); });  // has room again
        (void)modest.wait_for_end();
    }
    expect(shared().word[1] > 10);
    eventually([&] { return used(account.process()) == before; });
}

CASE(a_process_that_draws_ends_at_its_limit)
{
    Child child{drawing_on(sys::own_process, 1 << 20)};
    child.start([](std::uint64_t) {
        take_all(1);
        sys::exit(used());
    });
    auto const info = child.wait_for_end();
    expect_equal(shared().word[0], static_cast<std::uint64_t>(Status::no_memory));
    expect(info.exit_code > (1 << 20) - abi::page_size && info.exit_code <= 1 << 20);
    auto const one =
        must(sys::memory_create(abi::MemoryKind::contiguous, 1));  // the payer has room
}

CASE(what_is_drawn_is_paid_by_all_in_the_row)
{
    std::uint64_t const before = used();
    {
        Child const first{drawing_on(sys::own_process)};
        Child const second{drawing_on(first.process())};
        Child third{drawing_on(second.process())};
        std::uint64_t const books[] = {used(), first.info().used_bytes, second.info().used_bytes,
                                       third.info().used_bytes};
        auto const fourth = must(sys::process_create({third.process(), 1 << 20, 256, 1}));
        std::uint64_t const one = third.info().used_bytes - books[3];
        expect(one > 1 << 20);
        expect_equal(second.info().used_bytes - books[2], one);
        expect_equal(first.info().used_bytes - books[1], one);
        expect_equal(used() - books[0], one);
    }
    eventually([before] { return used() == before; });
}

CASE(a_limit_in_the_middle_of_the_row_counts)
{
    Child const first{drawing_on(sys::own_process)};
    Child const second{drawing_on(first.process(), 256 << 10)};
    Child const third{drawing_on(second.process())};
    std::uint64_t const books[] = {used(), first.info().used_bytes, second.info().used_bytes,
                                   third.info().used_bytes};
    refused(sys::process_create({third.process(), 1 << 20, 256, 1}), Status::no_memory);
    expect_equal(third.info().used_bytes, books[3]);
    expect_equal(second.info().used_bytes, books[2]);
    expect_equal(first.info().used_bytes, books[1]);
    expect_equal(used(), books[0]);
}

CASE(at_most_eight_processes_draw_in_a_row)
{
    Handle row[8];
    HandleValue payer = sys::own_process;
    for (Handle& next : row) {
        next = must(sys::process_create({payer, no_limit, 256, 1, abi::process_draws}));
        payer = next.value();
    }
    refused(sys::process_create({payer, no_limit, 256, 1, abi::process_draws}),
            Status::bad_argument);
    refused(sys::process_create({0, 1 << 20, 256, 1, abi::process_draws + 1}),
            Status::bad_argument);
    auto const reserves = must(sys::process_create({payer, 1 << 20, 256, 1}));
    auto const begins = must(sys::process_create({reserves.value(), 0x40000, 256, 1, 1}));
}

CASE(the_end_of_an_account_is_that_of_all_who_draw_on_it)
{
    Child account{{.quota_bytes = 2 << 20}};
    Child first{drawing_on(account.process())};
    Child second{drawing_on(account.process())};
    second.start([](std::uint64_t) { stay(); });
    account.kill();
    expect(first.has_ended());
    expect(second.has_ended());
}

// Takes memory and gives it back until word 3 is set; counts how often there was none.
void come_and_go(std::uint64_t number)
{
    while (shared().word[3] == 0) {
        Handle kept[64];
        for (Handle& memory : kept) {
            auto made = sys::memory_create(abi::MemoryKind::contiguous, 4);
            if (!made) {
                expect_status(made.error(), Status::no_memory);
                shared().word[10 + number]++;
                break;
            }
            memory = *std::move(made);
        }
        shared().word[20 + number]++;
    }
}

CASE_ON_MANY_HARTS(an_account_is_right_whoever_draws_on_it_at_once)
{
    Child const account{{.quota_bytes = 2 << 20}};
    std::uint64_t const before = used(account.process());
    {
        Child const middle{drawing_on(account.process())};
        Child children[] = {Child{drawing_on(account.process())},
                            Child{drawing_on(middle.process())},
                            Child{drawing_on(middle.process())}};
        for (std::uint64_t i = 0; i < 3; i++)
            children[i].start(come_and_go, i);
        for (Rounds rounds{300}; rounds.another();) {
            expect(used(account.process()) <= 2 << 20);
            pause(1);
        }
        eventually([] { return shared().word[10] + shared().word[11] + shared().word[12] > 3; });
        children[0].kill();
        shared().word[3] = 1;
        for (Child& child : children)
            (void)child.wait_for_end();
        expect_equal(shared().failures, 0);
    }
    eventually([&] { return used(account.process()) == before; });
}

}  // namespace
