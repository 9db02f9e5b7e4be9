// Clones of a process's handles: at the same values, beside a clone of its memory.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

constexpr std::uint64_t slots = 256;

Handle new_process(std::uint64_t handle_slots = slots)
{
    return must(
        sys::process_create({sys::own_process, 2 << 20, handle_slots, sys::start_info().priority}));
}

std::uint64_t exit_code_of(Handle const& process, Where where = Where::current())
{
    auto const ended = must(sys::notification_create());
    must(sys::process_watch(process.value(), ended.value(), 1));
    (void)wait_for(ended, where);
    auto const info = must(sys::process_info(process.value()));
    expect(info.reason == abi::EndReason::exited, where);
    return info.exit_code;
}

// How many handles there is room for; they stay.
std::uint64_t free_slots(Handle const& process, Handle const& given)
{
    std::uint64_t count = 0;
    while (sys::process_grant(process.value(), given.value()))
        count++;
    return count;
}

CASE(a_cloned_process_has_the_handles_at_their_values)
{
    static Handle full;
    static Handle weak;
    static Handle unique;
    full = must(sys::notification_create());
    weak =
        must(sys::duplicate(full.value(), sys::rights(abi::Right::signal, abi::Right::duplicate)));
    unique = must(sys::duplicate(full.value(), sys::rights(abi::Right::signal, abi::Right::wait)));
    auto const child = new_process();
    must(sys::handles_clone(sys::own_process, child.value()));
    start_clone(child.value(), [](std::uint64_t) {
        must(sys::signal(full.value(), 1));
        expect_equal(must(sys::poll(full.value())), 1);
        refused(sys::poll(weak.value()), Status::no_right);
        must(sys::signal(weak.value(), 2));
        refused(sys::signal(unique.value(), 4), Status::bad_handle);
        must(sys::close(full.value()));
        sys::exit(7);
    });
    expect_equal(exit_code_of(child), 7);
    expect_equal(must(sys::poll(unique.value())), 2);
    must(sys::signal(full.value(), 1));  // closed there, not here
    full = {};
    weak = {};
    unique = {};
}

// What the original had, or has and did not hand on, has a value that names nothing in the clone.
CASE(new_handles_of_a_clone_have_values_that_the_original_does_not_know)
{
    auto const notification = must(sys::notification_create());
    HandleValue known[128];
    for (std::size_t i = 0; i < std::size(known); i++) {
        auto made = must(sys::duplicate(notification.value(), sys::rights(abi::Right::signal)));
        known[i] = made.value();
        if (i % 2 == 0)
            (void)made.release();  // lives on, but cannot be cloned; the others are closed
    }
    auto const child = new_process();
    must(sys::handles_clone(sys::own_process, child.value()));
    for (;;) {
        auto const granted = sys::process_grant(child.value(), notification.value());
        if (!granted)
            break;
        for (HandleValue value : known)
            expect(*granted != value);
    }
    for (std::size_t i = 0; i < std::size(known); i += 2)
        must(sys::close(known[i]));
}

CASE(a_clone_can_be_given_as_many_handles_as_it_has_slots)
{
    auto const notification = must(sys::notification_create());
    auto const source = new_process();
    for (int i = 0; i < 100; i++)
        (void)must(sys::process_grant(source.value(), notification.value()));
    auto const child = new_process();
    auto const grandchild = new_process();
    must(sys::handles_clone(source.value(), child.value()));
    must(sys::handles_clone(child.value(), grandchild.value()));
    expect_equal(free_slots(child, notification), slots - 100);
    expect_equal(free_slots(grandchild, notification), slots - 100);
    expect_equal(free_slots(source, notification), slots - 100);
}

CASE(an_endpoint_is_closed_when_its_last_clone_is)
{
    auto endpoint = serve([](std::uint64_t, std::uint64_t header, std::uint64_t, std::uint64_t,
                             std::uint64_t, std::uint64_t, std::uint64_t) {
        shared().word[is_event(header) ? 1 : 2]++;
        sys::reply(Status::ok, {});
    });
    static HandleValue value;
    value = endpoint.value();
    auto const child = new_process();
    auto const grandchild = new_process();
    must(sys::handles_clone(sys::own_process, child.value()));
    must(sys::handles_clone(child.value(), grandchild.value()));
    endpoint = {};
    must(sys::process_kill(child.value(), 0));
    pause(20);
    expect_equal(shared().word[1], 0);
    start_clone(grandchild.value(), [](std::uint64_t) {
        expect_status(call(value).status, Status::ok);
        pause(20);
        expect_equal(shared().word[1], 0);
        must(sys::close(value));
        sys::exit(0);
    });
    expect_equal(exit_code_of(grandchild), 0);
    eventually([] { return shared().word[1] == 1; });
    expect_equal(shared().word[2], 1);
}

CASE(handles_are_cloned_into_a_new_process_alone)
{
    auto const source = new_process();
    auto const notification = must(sys::notification_create());
    HandleValue const there = must(sys::process_grant(source.value(), notification.value()));
    auto const other_size = new_process(512);
    refused(sys::handles_clone(source.value(), other_size.value()), Status::bad_argument);
    auto const has_one = new_process();
    (void)must(sys::process_grant(has_one.value(), notification.value()));
    refused(sys::handles_clone(source.value(), has_one.value()), Status::bad_argument);
    expect_equal(free_slots(has_one, notification), slots - 1);
    refused(sys::handles_clone(source.value(), source.value()), Status::bad_argument);
    refused(sys::handles_clone(sys::own_process, sys::own_process), Status::bad_argument);
    auto const has_thread = new_process();
    start_clone(has_thread.value(), [](std::uint64_t) { stay(); });
    refused(sys::handles_clone(source.value(), has_thread.value()), Status::bad_argument);
    auto const target = new_process();
    auto const weak = must(sys::duplicate(target.value(), sys::rights(abi::Right::inspect)));
    refused(sys::handles_clone(source.value(), weak.value()), Status::no_right);
    refused(sys::handles_clone(notification.value(), target.value()), Status::wrong_type);
    must(sys::handles_clone(source.value(), target.value()));
    refused(sys::handles_clone(source.value(), target.value()), Status::bad_argument);
    expect(must(sys::process_grant(target.value(), notification.value())) != there);
    must(sys::process_kill(source.value(), 0));
    refused(sys::handles_clone(source.value(), new_process().value()), Status::peer_died);
}

// So large that timers interrupt it.
CASE(cloning_a_large_table_goes_on_where_an_interrupt_stopped_it)
{
    constexpr std::uint64_t many = 1 << 16;
    auto const timer = must(sys::notification_create());
    must(sys::arm(timer.value(), 1, 0, milliseconds(1)));
    start_thread(
        [](std::uint64_t handle) {
            while (sys::wait(static_cast<HandleValue>(handle)))
                shared().word[0]++;
        },
        timer.value());
    auto const notification = must(sys::notification_create());
    auto const source = new_process(many);
    for (int i = 0; i < 3000; i++)
        (void)must(sys::process_grant(source.value(), notification.value()));
    for (Rounds rounds{20}; rounds.another();) {
        auto const target = new_process(many);
        must(sys::handles_clone(source.value(), target.value()));
        if (shared().word[0] % 4 == 0)
            expect_equal(free_slots(target, notification), many - 3000);
    }
}

}  // namespace
