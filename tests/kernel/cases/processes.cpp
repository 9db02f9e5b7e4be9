// Processes: how they end, and what others learn of it.
#include "lib/sys/start_info.hpp"
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

abi::ProcessInfo end_of(Entry entry, std::uint64_t argument = 0)
{
    Child child;
    child.start(entry, argument);
    return child.wait_for_end();
}

CASE(an_exit_code_is_kept)
{
    auto const info = end_of([](std::uint64_t code) { sys::exit(code); }, 0x1234'5678'9abc);
    expect(info.reason == abi::EndReason::exited);
    expect_equal(info.exit_code, 0x1234'5678'9abc);
    expect_equal(info.thread_count, 0);
}

CASE(the_last_thread_to_end_ends_the_process)
{
    auto const info = end_of([](std::uint64_t) {
        start_thread([](std::uint64_t) {
            pause(20);
            shared().word[0] = 1;
        });
        sys::thread_exit();
    });
    expect(info.reason == abi::EndReason::exited);
    expect_equal(info.exit_code, 0);
    expect_equal(shared().word[0], 1);
}

CASE(a_killed_process_says_so)
{
    Child child;
    child.start([](std::uint64_t) {
        for (;;) {
        }
    });
    pause(10);
    expect(!child.has_ended());
    child.kill();
    auto const info = child.info();
    expect(info.reason == abi::EndReason::killed);
    expect_equal(info.exit_code, 99);
    refused(sys::process_kill(child.process(), 1), Status::peer_died);
    refused(sys::process_grant(child.process(), 1), Status::peer_died);
    refused(sys::unmap(child.process(), 0x10000, 1), Status::peer_died);
    abi::ThreadParameters const parameters{.message_buffer = abi::first_message_buffer};
    refused(sys::thread_create(child.process(), parameters), Status::peer_died);
    auto const late = must(sys::notification_create());
    must(sys::process_watch(child.process(), late.value(), 8));
    expect_equal(must(sys::poll(late.value())), 8);
}

CASE(a_process_may_kill_itself)
{
    auto const info = end_of([](std::uint64_t) {
        must(sys::process_kill(sys::own_process, 5));
        shared().word[0] = 1;
    });
    expect(info.reason == abi::EndReason::killed);
    expect_equal(info.exit_code, 5);
    expect_equal(shared().word[0], 0);
}

void fault_with_known_registers(std::uint64_t)
{
    asm volatile(R"(
        .option push
        .option norvc
        li   s2, 0x222
        li   s11, 0xbbb
        li   t6, 0x666
        li   a7, 0x777
        li   ra, 0x111
        lui  a0, 0x12345
        ld   a1, 8(a0)
        .option pop)");
}

CASE(an_exception_is_reported_with_its_registers)
{
    auto const info = end_of(fault_with_known_registers);
    expect_exception(info, 13);
    expect_equal(info.address, 0x12345008);
    expect_equal(info.registers[10], 0x12345000);
    expect_equal(info.registers[18], 0x222);
    expect_equal(info.registers[27], 0xbbb);
    expect_equal(info.registers[31], 0x666);
    expect_equal(info.registers[17], 0x777);
    expect_equal(info.registers[1], 0x111);
    auto const pc = info.registers[0];
    auto const begin = reinterpret_cast<std::uint64_t>(&fault_with_known_registers);
    expect(pc > begin && pc < begin + 128);
}

CASE(rights_to_a_process_are_checked)
{
    Child child;
    child.start([](std::uint64_t) { stay(); });
    auto const none = must(sys::duplicate(child.process(), sys::rights(abi::Right::duplicate)));
    refused(sys::process_kill(none.value(), 1), Status::no_right);
    refused(sys::process_info(none.value()), Status::no_right);
    refused(sys::process_grant(none.value(), child.process()), Status::no_right);
    refused(sys::unmap(none.value(), 0x10000, 1), Status::no_right);
    refused(sys::process_create({none.value(), 1 << 18, 256, 1}), Status::no_right);
    auto const notification = must(sys::notification_create());
    refused(sys::process_watch(none.value(), notification.value(), 1), Status::no_right);
    abi::ThreadParameters const parameters{.message_buffer = abi::first_message_buffer};
    refused(sys::thread_create(none.value(), parameters), Status::no_right);
    refused(sys::process_info(notification.value()), Status::wrong_type);
    expect(!child.has_ended());
}

CASE(priorities_end_at_the_ceiling)
{
    std::uint32_t const ceiling = sys::start_info().priority;
    refused(sys::process_create({0, 1 << 18, 256, ceiling + 1}), Status::bad_argument);
    refused(sys::process_create({0, 1 << 18, 256, ~0u}), Status::bad_argument);
    refused(sys::pool_create(0x200000, ceiling + 1), Status::bad_argument);
    refused(sys::pool_create(0xffff'ffff'8000'0000, 1), Status::bad_argument);
    refused(sys::pool_create(0x200000, 1, {16, 0, 0}), Status::not_supported);
    abi::ThreadParameters parameters{.message_buffer = sys::address_of(&own_buffer())};
    for (std::uint32_t priority : {ceiling + 1, 32u, 0x8000'0000u, ~0u}) {
        parameters.priority = priority;
        refused(sys::thread_create(0, parameters), Status::bad_argument);
    }
    refused(sys::process_create({0, 1 << 18, 255, 1}), Status::bad_argument);
    refused(sys::process_create({0, 1 << 18, 1ull << 40, 1}), Status::bad_argument);
}

CASE(what_a_process_pays_for_ends_with_it)
{
    Child parent{{.quota_bytes = 6 << 20}};
    parent.start([](std::uint64_t) {
        Child child{{.quota_bytes = 3 << 20}};
        child.start([](std::uint64_t) {
            Child grandchild{{.quota_bytes = 1 << 20}};
            grandchild.start([](std::uint64_t) {
                for (;;)
                    shared().word[0]++;
            });
            stay();
        });
        stay();
    });
    eventually([] { return shared().word[0] != 0; });
    parent.kill();
    std::uint64_t const count = shared().word[0];
    pause(30);
    expect_equal(shared().word[0], count);
}

CASE(a_reply_without_a_call_ends_the_process)
{
    auto const info = end_of([](std::uint64_t) { sys::reply(Status::ok, {}); });
    expect_exception(info, 8);
}

CASE(unknown_system_calls_are_refused)
{
    constexpr std::uint64_t numbers[] = {
        0, 1, 64, 1023, ~0ull, 1ull << 63, abi::number(abi::Syscall::futex_wake) - 100};
    for (std::uint64_t number : numbers) {
        register std::uint64_t a0 asm("a0") = 0;
        register std::uint64_t a7 asm("a7") = number;
        asm volatile("ecall"
                     : "+r"(a0), "+r"(a7)
                     :
                     : "ra", "a1", "a2", "a3", "a4", "a5", "a6", "t0", "t1", "t2", "t3", "t4", "t5",
                       "t6", "memory");
        expect_equal(a0, static_cast<std::uint64_t>(-38));
    }
}

}  // namespace
