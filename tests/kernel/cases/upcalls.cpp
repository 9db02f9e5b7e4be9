// Upcalls: threads that are sent to a handler in their own process, with their registers to change.
#include "lib/sys/upcall.hpp"
#include "tests/kernel/threads.hpp"
#include "tests/regcheck/regcheck.hpp"
#include <algorithm>
#include <new>

namespace {

using namespace test;
using sys::UpcallArea;
using sys::UpcallReason;

constexpr std::size_t pc = 0;
constexpr std::size_t a0 = 10;
constexpr std::uint64_t ecall_bytes = 4;
constexpr std::uint64_t enosys = static_cast<std::uint64_t>(-38);

std::atomic<std::uint64_t>& word(std::size_t index) { return shared().word[index]; }
std::atomic<std::uint64_t>& upcalls_taken() { return word(0); }
std::atomic<std::uint64_t>& bits_taken() { return word(1); }

using Handler = void (*)(UpcallArea&, UpcallReason const&);

// The calling thread takes upcalls from now on.
UpcallArea& take_upcalls(Handler handle)
{
    abi::ThreadParameters const memory = new_thread_memory();
    auto& area = *new (reinterpret_cast<void*>(memory.message_buffer))
                     UpcallArea{memory.stack_pointer, global_pointer(),
                                sys::address_of(&own_buffer()), handle, &own_buffer().upcall};
    sys::take_upcalls(area);
    return area;
}

std::uint64_t foreign_call(std::uint64_t number, std::uint64_t first, std::uint64_t second)
{
    register std::uint64_t result asm("a0") = first;
    register std::uint64_t argument asm("a1") = second;
    register std::uint64_t call asm("a7") = number;
    asm volatile("ecall" : "+r"(result) : "r"(argument), "r"(call) : "memory");
    return result;
}

void add_one(UpcallArea& area, UpcallReason const& reason)
{
    upcalls_taken()++;
    auto& registers = area.upcall->registers;
    if (reason.cause == abi::upcall_by_system_call) {
        registers[a0]++;
        registers[pc] += ecall_bytes;
    }
}

CASE(a_system_call_that_is_not_the_kernels_goes_to_the_handler_of_its_thread)
{
    expect_equal(foreign_call(64, 5, 6), enosys);
    UpcallArea const& area = take_upcalls(add_one);
    for (std::uint64_t const number : {0ull, 64ull, 1ull << 40, ~0ull, ~0ull - 1022})
        expect_equal(foreign_call(number, 41, 6), 42);
    for (std::uint64_t const number : {1ull << 63, ~0ull >> 1, ~0ull - 2000})
        expect_equal(foreign_call(number, 41, 6), enosys);
    expect_equal(upcalls_taken(), 5);
    expect(sys::hold_upcalls(*area.upcall));
    expect_equal(foreign_call(64, 41, 6), enosys);
}

CASE(a_reflected_system_call_changes_what_its_handler_changes)
{
    take_upcalls(add_one);
    for (std::uint64_t i = 1; i <= 500; i++)
        expect_equal(check_registers_across_foreign_call(i << 32), 0);
    expect_equal(upcalls_taken(), 500);
}

void take_bits(UpcallArea& area, UpcallReason const& reason)
{
    if (reason.cause != abi::upcall_by_thread)
        sys::exit(77);
    upcalls_taken()++;
    bits_taken() |= sys::take_bits(*area.upcall);
}

CASE(a_thread_that_sends_itself_goes_to_its_handler_at_once)
{
    static HandleValue self;
    auto const thread = start_thread_with_handle(
        [](std::uint64_t) {
            take_upcalls(take_bits);
            eventually([] { return word(5) != 0; });
            must(sys::upcall(self, 4));
            expect_equal(bits_taken(), 4);
            must(sys::upcall(self, 0));  // for nothing
            expect_equal(upcalls_taken(), 1);
            auto const notification = must(sys::notification_create());
            refused(sys::wait(notification.value(), after(10)), Status::timed_out);
            word(2) = 1;
        },
        0, 20);
    self = thread.value();
    word(5) = 1;
    eventually([] { return word(2) == 1; });
}

CASE(an_upcall_ends_a_wait_and_comes_before_its_result)
{
    auto const thread = start_thread_with_handle(
        [](std::uint64_t) {
            take_upcalls(take_bits);
            auto const notification = must(sys::notification_create());
            word(2)++;
            refused(sys::wait(notification.value()), Status::interrupted);
            expect_equal(bits_taken(), 6);
            refused(sys::wait(notification.value(), after(10)), Status::timed_out);
            std::uint32_t const lock = 0;
            word(2)++;
            refused(sys::futex_wait(&lock, 0), Status::interrupted);
            word(2)++;
            refused(sys::wait(notification.value(), after(100), abi::wait_shielded),
                    Status::timed_out);
            expect_equal(upcalls_taken(), 3);
            word(2)++;
        },
        0, 20);
    for (std::uint64_t i = 1; i <= 3; i++) {
        eventually([=] { return word(2) == i; });
        pause(10);
        must(sys::upcall(thread.value(), i == 1 ? 6 : 1));
    }
    eventually([] { return word(2) == 4; });
}

// The handler decides that the system call is made again, whatever it was; what it needs for that
// is what the thread has kept.
CASE(a_handler_can_start_a_wait_again)
{
    static HandleValue notification;
    auto const owned = must(sys::notification_create());
    notification = owned.value();
    auto const thread = start_thread_with_handle(
        [](std::uint64_t) {
            take_upcalls([](UpcallArea& area, UpcallReason const& reason) {
                take_bits(area, reason);
                auto& registers = area.upcall->registers;
                expect_status(static_cast<Status>(registers[a0]), Status::interrupted);
                registers[pc] -= ecall_bytes;
                registers[a0] = notification;
                registers[a0 + 1] = abi::never;
                registers[a0 + 2] = 0;
                registers[a0 + 7] = abi::number(abi::Syscall::wait);
            });
            word(2)++;
            expect_equal(must(sys::wait(notification)), 8);
            word(2)++;
        },
        0, 20);
    for (std::uint64_t i = 1; i <= 3; i++) {
        eventually([=] { return word(2) == 1 && upcalls_taken() == i - 1; });
        pause(10);
        must(sys::upcall(thread.value(), 1));
    }
    eventually([] { return upcalls_taken() == 3; });
    must(sys::signal(notification, 8));
    eventually([] { return word(2) == 2; });
}

void call_and_say(std::uint64_t endpoint)
{
    take_upcalls(take_bits);
    word(2)++;
    auto const answer = call(static_cast<HandleValue>(endpoint), {0, 7, {}});
    word(3) = static_cast<std::uint64_t>(answer.status);
    word(4) = upcalls_taken().load();
    word(2)++;
}

CASE(an_upcall_of_a_thread_in_a_call_comes_with_the_answer)
{
    auto const endpoint = serve(echo_when_told);
    auto const thread = start_thread_with_handle(call_and_say, endpoint.value(), 20);
    eventually([] { return calls_begun() == 1; });
    must(sys::upcall(thread.value(), 1));
    pause(10);
    expect_equal(upcalls_taken(), 0);
    may_answer() = 1;
    eventually([] { return word(2) == 2; });
    expect_status(static_cast<Status>(word(3).load()), Status::ok);
    expect_equal(word(4), 1);
}

CASE(an_upcall_interrupts_the_waits_of_who_works_for_the_thread)
{
    auto const endpoint = serve([](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                                   std::uint64_t, std::uint64_t, std::uint64_t) {
        auto const notification = must(sys::notification_create());
        calls_begun()++;
        auto const waited = sys::wait(notification.value());
        sys::reply(waited ? Status::ok : waited.error(), {});
    });
    auto const thread = start_thread_with_handle(call_and_say, endpoint.value(), 20);
    eventually([] { return calls_begun() == 1; });
    must(sys::upcall(thread.value(), 1));
    eventually([] { return word(2) == 2; });
    expect_status(static_cast<Status>(word(3).load()), Status::interrupted);
}

CASE(an_upcall_may_abandon_the_call_that_the_thread_is_in)
{
    auto const endpoint = serve(echo_when_told);
    auto const thread = start_thread_with_handle(call_and_say, endpoint.value(), 20);
    eventually([] { return calls_begun() == 1; });
    refused(sys::upcall(thread.value(), 1, 2), Status::bad_argument);
    must(sys::upcall(thread.value(), 1, abi::upcall_abandons));
    eventually([] { return word(2) == 2; });
    expect_status(static_cast<Status>(word(3).load()), Status::interrupted);
    expect_equal(word(4), 1);
    may_answer() = 1;
    expect_status(call(endpoint).status, Status::ok);
}

// A server that sends its own client.
CASE(an_upcall_of_the_caller_of_the_worker_itself_comes_with_the_answer)
{
    static HandleValue client;
    auto const endpoint = serve([](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                                   std::uint64_t, std::uint64_t, std::uint64_t) {
        eventually([] { return word(5) != 0; });
        must(sys::upcall(client, 16));
        sys::reply(Status::busy, {});
    });
    auto const thread = start_thread_with_handle(call_and_say, endpoint.value(), 20);
    client = thread.value();
    word(5) = 1;
    eventually([] { return word(2) == 2; });
    expect_status(static_cast<Status>(word(3).load()), Status::busy);
    expect_equal(word(4), 1);
    expect_equal(bits_taken(), 16);
}

constexpr std::uint64_t place = 0x6000'0000;

// Maps the page that was missing; goes past what cannot be mended.
void mend(UpcallArea& area, UpcallReason const& reason)
{
    upcalls_taken()++;
    word(3) = reason.cause;
    word(4) = reason.address;
    if (reason.address / abi::page_size != place / abi::page_size) {
        area.upcall->registers[pc] += ecall_bytes;
        return;
    }
    auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, 1));
    (void)must(sys::map({0, memory.value(), place, 0, 1, 3}));
}

CASE(a_fault_goes_to_the_handler_and_the_thread_tries_again_or_goes_on)
{
    take_upcalls(mend);
    *reinterpret_cast<std::uint64_t volatile*>(place + 8) = 5;
    expect_equal(upcalls_taken(), 1);
    expect_equal(word(3), 15);
    expect_equal(word(4), place + 8);
    asm volatile(".option push\n.option norvc\nsd zero, 0(%0)\n.option pop"
                 :
                 : "r"(place + 0x5000));
    expect_equal(upcalls_taken(), 2);
    asm volatile(".option push\n.option norvc\nebreak\n.option pop");
    expect_equal(upcalls_taken(), 3);
    expect_equal(word(3), 3);
}

CASE(a_fault_of_a_handler_that_is_at_work_ends_its_process)
{
    Child child;
    child.start([](std::uint64_t) {
        take_upcalls([](UpcallArea&, UpcallReason const&) {
            *reinterpret_cast<std::uint64_t volatile*>(place) = 1;
        });
        foreign_call(1, 0, 0);
    });
    expect_exception(child.wait_for_end(), 15);
}

CASE(a_handler_that_is_nowhere_ends_its_process)
{
    Child child;
    child.start([](std::uint64_t) {
        own_buffer().upcall.entry = 0xffff'ffff'8000'0000;
        foreign_call(1, 0, 0);
    });
    expect_exception(child.wait_for_end(), 12);
}

// A handler that has kept the registers elsewhere can be sent for again, on another stack.
CASE(a_handler_can_be_interrupted_by_another_upcall)
{
    static abi::Upcall kept;
    take_upcalls([](UpcallArea& area, UpcallReason const&) {
        kept = *area.upcall;
        take_upcalls(add_one);
        word(6) = foreign_call(64, 1, 0);
        expect(sys::hold_upcalls(*area.upcall));
        std::ranges::copy(kept.registers, area.upcall->registers);
        area.upcall->thread_pointer = sys::address_of(&area);
        area.upcall->registers[a0] = 30 + word(6);
        area.upcall->registers[pc] += ecall_bytes;
    });
    expect_equal(foreign_call(64, 1, 0), 32);
    expect_equal(foreign_call(64, 1, 0), 32);
}

CASE(bits_that_come_while_the_handler_is_at_work_are_kept_for_it)
{
    auto const thread = start_thread_with_handle(
        [](std::uint64_t) {
            take_upcalls([](UpcallArea& area, UpcallReason const& reason) {
                auto const notification = must(sys::notification_create());
                take_bits(area, reason);
                if (upcalls_taken() == 1) {
                    word(2) = 1;
                    refused(sys::wait(notification.value(), after(50)), Status::timed_out);
                    expect_equal(bits_taken(), 1);
                }
            });
            word(5) = 1;
            while (word(2) == 0 || upcalls_taken() != 2) {
            }
            expect_equal(bits_taken(), 0x3);
            word(2) = 2;
        },
        0, 20);
    eventually([] { return word(5) == 1; });
    must(sys::upcall(thread.value(), 1));
    eventually([] { return word(2) == 1; });
    must(sys::upcall(thread.value(), 2));
    eventually([] { return word(2) == 2; });
}

// The thread counts what it is sent for, one bit at a time; none is lost, and it notices nothing.
CASE_ON_MANY_HARTS(upcalls_change_no_register_and_none_is_lost)
{
    static std::atomic<bool> done;
    auto const thread = start_thread_with_handle(
        [](std::uint64_t) {
            take_upcalls([](UpcallArea& area, UpcallReason const&) {
                bits_taken().fetch_add(sys::take_bits(*area.upcall) == 1 ? 1 : 0);
            });
            while (!done)
                word(3) += check_registers(5ull << 40, 20);
            word(2) = 1;
        },
        0, sys::start_info().priority);
    std::uint64_t sent = 0;
    for (Rounds rounds{150}; rounds.another(); sent++) {
        must(sys::upcall(thread.value(), 1));
        while (bits_taken() != sent + 1)
            sys::yield();
    }
    done = true;
    eventually([] { return word(2) == 1; });
    expect_equal(word(3), 0);
}

// The same with a thread that calls, waits and returns from its handler all the time.
CASE_ON_MANY_HARTS(upcalls_reach_a_thread_wherever_it_is)
{
    static std::atomic<bool> done;
    static Handle endpoint;
    endpoint = serve(echo, 0, 2);
    auto const thread = start_thread_with_handle(
        [](std::uint64_t) {
            take_upcalls([](UpcallArea& area, UpcallReason const& reason) {
                if (reason.cause == abi::upcall_by_system_call)
                    return add_one(area, reason);
                bits_taken().fetch_add(sys::take_bits(*area.upcall) == 1 ? 1 : 0);
            });
            auto const notification = must(sys::notification_create());
            std::uint64_t calls = 0;
            while (!done) {
                expect_equal(call(endpoint, {0, 0, {++calls}}).registers.words[0], calls);
                expect_equal(foreign_call(64, calls, 0), calls + 1);
                (void)sys::wait(notification.value(), 0);
            }
            word(2) = 1;
        },
        0, sys::start_info().priority);
    std::uint64_t sent = 0;
    for (Rounds rounds{150}; rounds.another(); sent++) {
        must(sys::upcall(thread.value(), 1));
        while (bits_taken() != sent + 1)
            sys::yield();
    }
    done = true;
    eventually([] { return word(2) == 1; });
}

CASE(workers_and_others_threads_are_not_sent)
{
    auto const pool = make_pool(echo);
    abi::ThreadParameters parameters = new_thread_memory();
    parameters.pool = pool.value();
    auto const worker = must(sys::thread_create(sys::own_process, parameters));
    refused(sys::upcall(worker.value(), 1), Status::bad_argument);
    refused(sys::upcall(pool.value(), 1), Status::wrong_type);
    auto const notification = must(sys::notification_create());
    auto const weak = must(sys::thread_create(sys::own_process, [] {
        abi::ThreadParameters made = new_thread_memory();
        made.entry = reinterpret_cast<std::uint64_t>(&sys::thread_exit);
        return made;
    }()));
    auto const rightless = must(sys::duplicate(weak.value(), sys::rights(abi::Right::duplicate)));
    refused(sys::upcall(rightless.value(), 1), Status::no_right);
    eventually([&] {
        auto const sent = sys::upcall(weak.value(), 1);
        return !sent && sent.error() == Status::peer_died;
    });
}

}  // namespace
