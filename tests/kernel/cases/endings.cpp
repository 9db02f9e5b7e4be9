// Calls that end before the server has answered: deadlines, interrupts, abandoned calls.
// Architecture, section 2, item 6.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;
using abi::MessageHeader;

std::atomic<std::uint64_t>& word(std::size_t index) { return shared().word[index]; }

Answer call_until(Handle const& endpoint, abi::Ticks deadline,
                  std::uint64_t flag = MessageHeader::deadline_flag)
{
    own_buffer().deadline = deadline;
    return call(endpoint, {flag, 0, {}});
}

CASE(a_call_ends_at_its_deadline_and_the_server_goes_on_without_it)
{
    auto const endpoint = serve(echo_when_told);
    expect_status(call_until(endpoint, after(30)).status, Status::timed_out);
    expect_equal(calls_begun(), 1);
    may_answer() = 1;
    expect_status(call_until(endpoint, after(10'000)).status, Status::ok);
    expect_status(call(endpoint).status, Status::ok);
    expect_status(call_until(endpoint, 1).status, Status::timed_out);
    expect_equal(calls_begun(), 3);
}

void call_in_vain(std::uint64_t endpoint)
{
    own_buffer().deadline = after(60'000);
    (void)call(static_cast<HandleValue>(endpoint), {MessageHeader::deadline_flag, 0, {}});
    word(1)++;
}

CASE(a_call_that_waits_for_a_worker_ends_at_its_deadline)
{
    auto const endpoint = serve(echo_when_told);
    start_thread(call_in_vain, endpoint.value());
    eventually([] { return calls_begun() == 1; });
    expect_status(call_until(endpoint, after(30)).status, Status::timed_out);
    expect_equal(calls_begun(), 1);
    may_answer() = 1;
    eventually([] { return word(1) == 1; });
}

CASE(a_detached_call_ends_at_its_deadline)
{
    static HandleValue record;
    auto const endpoint = serve([](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                                   std::uint64_t, std::uint64_t, std::uint64_t) {
        record = must(sys::detach()).release();
        sys::reply(Status::ok, {});
    });
    expect_status(call_until(endpoint, after(30)).status, Status::timed_out);
    std::array<std::uint64_t, 4> const words{};
    refused(sys::complete(record, {}, Status::ok, words), Status::cancelled);
}

CASE(an_endpoint_with_an_abandoned_call_takes_no_other_until_it_is_done)
{
    auto const pool = make_pool(echo_when_told);
    add_worker(pool);
    add_worker(pool);
    auto const endpoint = make_endpoint(pool);
    auto const other = make_endpoint(pool);
    expect_status(call_until(endpoint, after(30)).status, Status::timed_out);
    expect_equal(calls_begun(), 1);
    expect_status(call_until(endpoint, after(30)).status, Status::timed_out);
    expect_equal(calls_begun(), 1);  // it waited, though a worker was idle
    may_answer() = 1;
    expect_status(call(other).status, Status::ok);
    expect_status(call(endpoint).status, Status::ok);
}

// Waits on what nobody signals, and says how that ended; then it answers 50.
template <std::uint64_t flags>
void wait_in_vain(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                  std::uint64_t, std::uint64_t)
{
    auto const notification = must(sys::notification_create());
    calls_begun()++;
    auto const waited = sys::wait(notification.value(), after(300), flags);
    word(3) = static_cast<std::uint64_t>(waited ? Status::ok : waited.error());
    sys::reply(Status::ok, {0, 0, {50, 0, 0, 0}});
}

CASE(a_soft_deadline_interrupts_the_server_and_its_answer_still_arrives)
{
    auto const endpoint = serve(wait_in_vain<0>);
    auto const answer = call_until(endpoint, after(30), MessageHeader::soft_deadline_flag);
    expect_status(answer.status, Status::ok);
    expect_equal(answer.registers.words[0], 50);
    expect_status(static_cast<Status>(word(3).load()), Status::interrupted);
}

CASE(a_shielded_wait_is_not_interrupted)
{
    auto const endpoint = serve(wait_in_vain<abi::wait_shielded>);
    auto const answer = call_until(endpoint, after(30), MessageHeader::soft_deadline_flag);
    expect_status(answer.status, Status::ok);
    expect_status(static_cast<Status>(word(3).load()), Status::timed_out);
    expect_status(call(endpoint).status, Status::ok);
    expect_status(static_cast<Status>(word(3).load()), Status::timed_out);
}

void call_and_keep_status(std::uint64_t endpoint)
{
    auto const answer = call(static_cast<HandleValue>(endpoint));
    word(4) = static_cast<std::uint64_t>(answer.status) << 32 | answer.registers.words[0];
    word(1)++;
}

CASE(an_interrupt_reaches_the_wait_at_the_end_of_a_nested_call)
{
    static HandleValue last_value;
    auto const last = serve(wait_in_vain<0>);
    last_value = last.value();
    auto const middle = serve([](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                                 std::uint64_t, std::uint64_t, std::uint64_t) {
        auto const answer = call(last_value);
        sys::reply(answer.status, answer.registers);
    });
    auto const thread = start_thread_with_handle(call_and_keep_status, middle.value(), 24);
    eventually([] { return calls_begun() == 1; });
    must(sys::interrupt(thread.value()));
    eventually([] { return word(1) == 1; });
    expect_status(static_cast<Status>(word(3).load()), Status::interrupted);
    expect_equal(word(4), 50);
    expect_status(call(last).status, Status::ok);  // and only the one that was meant
    expect_status(static_cast<Status>(word(3).load()), Status::timed_out);
}

CASE(an_interrupt_ends_a_wait_of_the_thread_itself_or_the_next_one)
{
    auto const thread = start_thread_with_handle(
        [](std::uint64_t) {
            auto const notification = must(sys::notification_create());
            word(2)++;
            refused(sys::wait(notification.value()), Status::interrupted);
            word(2)++;
            while (word(5) == 0) {
            }
            refused(sys::wait(notification.value()), Status::interrupted);
            refused(sys::wait(notification.value(), after(10)), Status::timed_out);
            word(2)++;
        },
        0, 20);
    eventually([] { return word(2) == 1; });
    pause(10);
    must(sys::interrupt(thread.value()));
    eventually([] { return word(2) == 2; });
    must(sys::interrupt(thread.value()));
    word(5) = 1;
    eventually([] { return word(2) == 3; });
}

CASE(an_interrupt_ends_a_call_that_has_not_begun)
{
    auto const endpoint = serve(echo_when_told);
    start_thread(call_in_vain, endpoint.value());
    eventually([] { return calls_begun() == 1; });
    auto const thread = start_thread_with_handle(call_and_keep_status, endpoint.value(), 20);
    pause(10);
    must(sys::interrupt(thread.value()));
    eventually([] { return word(4) != 0; });
    expect_status(static_cast<Status>(word(4) >> 32), Status::interrupted);
    may_answer() = 1;
    eventually([] { return word(1) == 2; });
}

CASE(a_worker_cannot_be_interrupted_but_by_its_clients)
{
    auto const pool = make_pool(echo);
    abi::ThreadParameters parameters = new_thread_memory();
    parameters.pool = pool.value();
    auto const worker = must(sys::thread_create(sys::own_process, parameters));
    refused(sys::interrupt(worker.value()), Status::bad_argument);
    refused(sys::schedule(worker.value(), {1, 0, 0, 0}), Status::bad_argument);
}

}  // namespace
