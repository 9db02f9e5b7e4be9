// The end of a call at any moment of it: deadlines, interrupts and budgets meet the answer.
#include "tests/kernel/random.hpp"
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;
using abi::MessageHeader;

std::atomic<std::uint64_t>& word(std::size_t index) { return shared().word[index]; }

// Each answer is the one to its own question.
Status ask(HandleValue endpoint, std::uint64_t flags, std::uint64_t question)
{
    auto const answer = call(endpoint, {flags, 0, {question, 0, 0, 0}});
    if (answer.status == Status::ok)
        expect_equal(answer.registers.words[0], question);
    return answer.status;
}

// Takes a little while.
void think_and_answer(std::uint64_t, std::uint64_t header, std::uint64_t label, std::uint64_t word0,
                      std::uint64_t, std::uint64_t, std::uint64_t)
{
    compute(20);
    sys::reply(Status::ok, {header & ~MessageHeader::caller_flags, label, {word0, 0, 0, 0}});
}

// Deadlines from before the call to long after its answer.
CASE_ON_MANY_HARTS(a_deadline_may_pass_at_any_moment_of_a_call)
{
    auto const endpoint = serve_calls(think_and_answer);
    std::uint64_t counts[2] = {};
    std::uint64_t question = 0;
    for (Rounds rounds{2000}; rounds.another();) {
        own_buffer().deadline = after(0) + question++ * 7 % milliseconds(1) / 8;
        Status const status = ask(endpoint.value(), MessageHeader::deadline_flag, question);
        expect(status == Status::ok || status == Status::timed_out);
        counts[status == Status::ok ? 0 : 1]++;
        expect_status(ask(endpoint.value(), 0, ++question), Status::ok);
    }
    expect(counts[0] != 0 && counts[1] != 0);
}

HandleValue caller;

void interrupt_at_random(std::uint64_t seed)
{
    Random random{seed};
    while (word(2) == 0) {
        compute(random.below(2000));
        must(sys::interrupt(caller));
        word(3)++;
        if (random.one_in(4))
            sys::yield();
    }
    word(4) = 1;
}

void ask_until_told(std::uint64_t endpoint)
{
    std::uint64_t question = 0;
    while (word(2) == 0) {
        Status const status = ask(static_cast<HandleValue>(endpoint), 0, question++);
        expect(status == Status::ok || status == Status::interrupted);
        word(5)++;
    }
    eventually([] { return word(4) == 1; });  // it has to be there to be interrupted
    word(6) = 1;
}

CASE_ON_MANY_HARTS(an_answer_races_an_interrupt)
{
    auto const endpoint = serve_calls(think_and_answer);
    std::uint32_t const below = sys::start_info().priority - 1;
    auto const thread = start_thread_with_handle(ask_until_told, endpoint.value(), below);
    caller = thread.value();
    start_thread(interrupt_at_random, 20250701, below);
    eventually([] { return word(3) > 2000 && word(5) > 2000; });
    word(2) = 1;
    eventually([] { return word(6) == 1; });
    expect_status(ask(endpoint.value(), 0, 5), Status::ok);
}

std::atomic<std::uint64_t>& answers(Status status)
{
    return word(10 + static_cast<std::uint64_t>(status));
}

void ask_and_count(std::uint64_t endpoint)
{
    for (std::uint64_t question = 0; word(2) == 0; question++)
        answers(ask(static_cast<HandleValue>(endpoint), 0, question))++;
    word(3) = 1;
}

std::uint64_t answers_in_100_ms()
{
    std::uint64_t const before = answers(Status::ok) + answers(Status::timed_out);
    pause(100);
    return answers(Status::ok) + answers(Status::timed_out) - before;
}

// Asks with a seventh of the time, in small pieces that end anywhere, and expects so to get less
// done; a busy host may spoil a comparison.
void ask_on_a_budget(Handle const& endpoint)
{
    auto const thread = start_thread_with_handle(ask_and_count, endpoint.value(), 10);
    abi::Ticks const period = milliseconds(1);
    bool fewer = false;
    for (int attempt = 0; attempt < 50 && !fewer; attempt++) {
        must(sys::schedule(thread.value(), {10, 0, 0, 0}));
        std::uint64_t const freely = answers_in_100_ms();
        must(sys::schedule(thread.value(), {10, period / 7, period, 0}));
        fewer = answers_in_100_ms() * 2 < freely;
    }
    expect(fewer);
    word(2) = 1;
    eventually([] { return word(3) == 1; });
}

CASE_ON_MANY_HARTS(a_budget_may_end_at_any_moment_of_a_call)
{
    auto const endpoint = serve_calls(think_and_answer);
    ask_on_a_budget(endpoint);
    expect_equal(answers(Status::timed_out), 0);
    expect_status(ask(endpoint.value(), 0, 5), Status::ok);
}

CASE_ON_MANY_HARTS(a_call_may_be_moved_off_a_budget_at_any_moment)
{
    auto const pool = make_pool(think_and_answer, abi::with(abi::PoolFlags::move_overrun));
    add_worker(pool);
    auto const endpoint = make_endpoint(pool);
    ask_on_a_budget(endpoint);
    expect(answers(Status::timed_out) != 0);
    expect_status(ask(endpoint.value(), 0, 5), Status::ok);
}

}  // namespace
