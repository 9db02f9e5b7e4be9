// Faults are calls to the process's fault handler, if it has one.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

constexpr std::uint64_t place = 0x6000'0000;
constinit HandleValue child_process = 0;  // whose faults are handled

// Maps a page where it was missed.
void map_page(std::uint64_t, std::uint64_t header, std::uint64_t cause, std::uint64_t address,
              std::uint64_t, std::uint64_t, std::uint64_t)
{
    if (is_event(header))
        sys::reply(Status::ok, {});
    shared().word[0]++;
    shared().word[1] = cause;
    auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, 1));
    (void)must(sys::map({child_process, memory.value(), address / 4096 * 4096, 0, 1, 3}));
    sys::reply(Status::ok, {});
}

void refuse(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
            std::uint64_t, std::uint64_t)
{
    shared().word[0]++;
    sys::reply(Status::bad_address, {});
}

Status set_handler(Child const& child, Handle const& endpoint)
{
    return sys::ecall(abi::Syscall::fault_handler, child.process(), endpoint.value()).status;
}

void touch_two_pages(std::uint64_t)
{
    auto* const words = reinterpret_cast<std::uint64_t volatile*>(place);
    words[0] = 5;
    words[512] = words[0] + 1;
    sys::exit(words[512]);
}

CASE(a_fault_handler_repairs_and_the_thread_goes_on)
{
    auto const endpoint = serve(map_page);
    Child child;
    child_process = child.process();
    expect_status(set_handler(child, endpoint), Status::ok);
    child.start(touch_two_pages);
    auto const info = child.wait_for_end();
    expect(info.reason == abi::EndReason::exited);
    expect_equal(info.exit_code, 6);
    expect_equal(shared().word[0], 2);
    expect_equal(shared().word[1], 15);
}

CASE(a_fault_that_is_not_repaired_ends_the_process)
{
    auto const endpoint = serve(refuse);
    Child child;
    expect_status(set_handler(child, endpoint), Status::ok);
    child.start(touch_two_pages);
    auto const info = child.wait_for_end();
    expect_exception(info, 15);
    expect_equal(info.address, place);
    expect_equal(shared().word[0], 1);
}

CASE(the_death_of_a_fault_handler_ends_the_process_that_faulted)
{
    Child handler;
    auto const endpoint = start_server(handler, echo_when_told);
    Child child;
    expect_status(set_handler(child, endpoint), Status::ok);
    child.start(touch_two_pages);
    eventually([] { return calls_begun() == 1; });
    handler.kill();
    expect_exception(child.wait_for_end(), 15);
}

CASE(a_process_may_be_killed_while_its_fault_is_handled)
{
    auto const endpoint = serve(echo_when_told);
    Child child;
    expect_status(set_handler(child, endpoint), Status::ok);
    child.start(touch_two_pages);
    eventually([] { return calls_begun() == 1; });
    child.kill();
    may_answer() = 1;
    expect(child.wait_for_end().reason == abi::EndReason::killed);
    expect_status(call(endpoint).status, Status::ok);
}

CASE(a_process_without_a_handler_again_ends_at_once)
{
    auto const endpoint = serve(refuse);
    Child child;
    expect_status(set_handler(child, endpoint), Status::ok);
    expect_status(set_handler(child, Handle{}), Status::ok);
    child.start(touch_two_pages);
    expect_exception(child.wait_for_end(), 15);
    expect_equal(shared().word[0], 0);
    auto const notification = must(sys::notification_create());
    expect_status(set_handler(child, notification), Status::peer_died);
    Child other;
    expect_status(set_handler(other, notification), Status::wrong_type);
}

}  // namespace
