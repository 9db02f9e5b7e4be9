// Calls: what arrives, what comes back, who goes first. Architecture, section 2, items 1 to 4.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

// Answers with what arrived: the badge, and the label doubled.
void answer_badge(std::uint64_t badge, std::uint64_t, std::uint64_t label, std::uint64_t word0,
                  std::uint64_t, std::uint64_t, std::uint64_t word3)
{
    sys::reply(Status::corrupt, {0, 0, {badge, label * 2, word0 + word3, 7}});
}

CASE(a_call_brings_the_words_and_the_badge_and_returns_the_reply)
{
    auto const endpoint = serve(answer_badge, 0x1234'5678'9abc'def0);
    auto const [status, registers] = call(endpoint, {0, 21, {5, 0, 0, 6}});
    expect_status(status, Status::corrupt);
    expect_equal(registers.words[0], 0x1234'5678'9abc'def0);
    expect_equal(registers.words[1], 42);
    expect_equal(registers.words[2], 11);
    expect_equal(registers.words[3], 7);
}

// Checks that the buffer holds what the client wrote, and answers with other values.
void check_words(std::uint64_t, std::uint64_t header, std::uint64_t, std::uint64_t, std::uint64_t,
                 std::uint64_t, std::uint64_t)
{
    std::size_t const count = abi::MessageHeader{header}.word_count();
    for (std::size_t i = 0; i < count; i++) {
        expect_equal(own_buffer().words[i], count * 100 + i);
        own_buffer().words[i] = count * 1000 + i;
    }
    sys::reply(Status::ok, {header, 0, {}});
}

CASE(a_message_has_any_number_of_words_from_0_to_64)
{
    auto const endpoint = serve(check_words);
    for (std::size_t count = 0; count <= abi::buffer_words; count++) {
        for (std::size_t i = 0; i < abi::buffer_words; i++)
            own_buffer().words[i] = i < count ? count * 100 + i : 77;
        auto const answer = call(endpoint, {abi::MessageHeader::make(count).bits, 0, {}});
        expect_status(answer.status, Status::ok);
        expect_equal(answer.registers.header, count);
        for (std::size_t i = 0; i < abi::buffer_words; i++)
            expect_equal(own_buffer().words[i], i < count ? count * 1000 + i : 77);
    }
}

CASE(a_header_with_unknown_bits_or_too_much_is_a_bad_message)
{
    auto const endpoint = serve(echo);
    own_buffer().deadline = abi::never;
    for (unsigned bit = 0; bit < 64; bit++) {
        Status const status = call(endpoint, {1ull << bit, 0, {}}).status;
        bool const words = bit <= 6;
        bool const accepts = bit >= 12 && bit <= 15;  // up to 8 handles
        bool const handles = bit >= 8 && bit <= 11;
        bool const caller = bit >= 26 && bit <= 28;  // deadlines, lent quota
        expect_status(status, words || accepts || caller ? Status::ok
                              : handles                  ? Status::bad_handle
                                                         : Status::bad_message);
    }
    for (std::uint64_t words = 65; words < 128; words++)
        expect_status(call(endpoint, {words, 0, {}}).status, Status::bad_message);
    expect_status(call(endpoint, {abi::MessageHeader::make(0, 9).bits, 0, {}}).status,
                  Status::bad_message);
    expect_status(call(endpoint, {abi::MessageHeader::make(0, 0, 9).bits, 0, {}}).status,
                  Status::bad_message);
    expect_status(call(endpoint, {abi::MessageHeader::make(0, 0, 0, 5).bits, 0, {}}).status,
                  Status::bad_message);
    expect_status(call(endpoint).status, Status::ok);
}

// A reply that no client can want is told to the client as a bad message.
void answer_with_label(std::uint64_t, std::uint64_t, std::uint64_t label, std::uint64_t,
                       std::uint64_t, std::uint64_t, std::uint64_t)
{
    sys::reply(Status::ok, {label, 0, {}});
}

CASE(a_reply_with_a_bad_header_is_a_bad_message_for_the_caller)
{
    auto const endpoint = serve(answer_with_label);
    for (unsigned bit : {7u, 8u, 11u, 16u, 18u, 19u, 24u, 25u, 32u, 63u})
        expect_status(call(endpoint, {0, 1ull << bit, {}}).status, Status::bad_message);
    expect_status(call(endpoint, {0, ~0ull, {}}).status, Status::bad_message);
    expect_status(call(endpoint, {0, 64, {}}).status, Status::ok);
}

CASE(only_an_endpoint_with_the_call_right_can_be_called)
{
    auto const endpoint = serve(echo);
    auto const notification = must(sys::notification_create());
    auto const weak = must(sys::duplicate(endpoint.value(), sys::rights(abi::Right::manage)));
    expect_status(call(0).status, Status::bad_handle);
    expect_status(call(0xffff'ffff).status, Status::bad_handle);
    expect_status(call(endpoint.value() + 1).status, Status::bad_handle);
    expect_status(call(notification).status, Status::wrong_type);
    expect_status(call(weak).status, Status::no_right);
    auto gone = must(sys::duplicate(endpoint.value()));
    HandleValue const value = gone.release();
    must(sys::close(value));
    expect_status(call(value).status, Status::bad_handle);
}

void call_other(std::uint64_t badge, std::uint64_t, std::uint64_t, std::uint64_t word0,
                std::uint64_t, std::uint64_t, std::uint64_t)
{
    auto const answer = call(static_cast<HandleValue>(badge), {0, 0, {word0 + 1, 0, 0, 0}});
    sys::reply(answer.status, answer.registers);
}

CASE(a_nested_call_returns_through_all_of_its_servers)
{
    auto const last = serve(echo);
    auto const middle = serve(call_other, last.value());
    auto const first = serve(call_other, middle.value());
    auto const answer = call(first, {0, 0, {40, 0, 0, 0}});
    expect_status(answer.status, Status::ok);
    expect_equal(answer.registers.words[0], 42);
}

void call_shared(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                 std::uint64_t, std::uint64_t)
{
    auto const answer = call(static_cast<HandleValue>(shared().word[0].load()));
    sys::reply(answer.status, {});
}

CASE(a_call_into_a_busy_pool_of_its_own_chain_is_a_deadlock)
{
    auto const own = serve(call_shared);
    shared().word[0] = own.value();
    expect_status(call(own).status, Status::deadlock);

    auto const other = serve(call_other, own.value());
    shared().word[0] = other.value();  // own -> other -> own
    expect_status(call(own).status, Status::deadlock);
    expect_status(call(own).status, Status::deadlock);  // and nothing is stuck
}

void call_and_note_turn(std::uint64_t endpoint_and_place)
{
    auto const answer = call(static_cast<HandleValue>(endpoint_and_place >> 8));
    shared().word[endpoint_and_place & 0xff] = static_cast<std::uint64_t>(answer.status);
}

// Each call notes whose turn it was.
void note_turn(std::uint64_t badge, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
               std::uint64_t, std::uint64_t)
{
    std::uint64_t const turn = calls_begun()++;
    shared().word[100 + turn] = badge;
    eventually([] { return may_answer() != 0; });
    sys::reply(Status::ok, {});
}

CASE(callers_of_a_busy_pool_are_served_by_priority)
{
    auto const pool = make_pool(note_turn);
    add_worker(pool);
    constexpr std::uint32_t priorities[] = {5, 2, 7, 4, 9};
    Handle endpoints[5];
    for (std::size_t i = 0; i < 5; i++) {
        endpoints[i] = make_endpoint(pool, priorities[i]);
        start_thread(call_and_note_turn, std::uint64_t{endpoints[i].value()} << 8 | i,
                     priorities[i]);
        eventually([] { return calls_begun() == 1; });
        pause(20);  // the others are in the queue before the next comes
    }
    may_answer() = 1;
    eventually([] { return calls_begun() == 5; });
    constexpr std::uint64_t turns[] = {5, 9, 7, 4, 2};
    for (std::size_t i = 0; i < 5; i++)
        expect_equal(shared().word[100 + i], turns[i]);
}

CASE_ON_MANY_HARTS(many_threads_call_two_workers)
{
    constexpr std::uint64_t threads = 6;
    auto const endpoint = serve(echo, 0, 2);
    shared().word[0] = endpoint.value();
    for (std::uint64_t i = 0; i < threads; i++)
        start_thread(
            [](std::uint64_t place) {
                for (std::uint64_t n = 0; n < 2000 * shared().effort; n++) {
                    auto const answer = call(static_cast<HandleValue>(shared().word[0].load()),
                                             {0, n, {place, n, place ^ n, 3}});
                    expect_status(answer.status, Status::ok);
                    expect_equal(answer.registers.words[2], place ^ n);
                }
                shared().word[1]++;
            },
            i);
    eventually([] { return shared().word[1] == threads; });
}

// Calls from other processes run on the callers' slices: the server has no CPU time of its own.
CASE(a_server_that_only_answers_uses_no_time_of_its_own)
{
    Child child;
    auto const endpoint = start_server(child, echo);
    pause(50);  // its first thread waits by now
    abi::ProcessInfo const before = child.info();
    for (int i = 0; i < 3000; i++)
        expect_status(call(endpoint).status, Status::ok);
    abi::ProcessInfo const later = child.info();
    expect_equal(later.own_cycles, before.own_cycles);
    expect(later.lent_cycles > before.lent_cycles);
}

void compute_and_echo(std::uint64_t badge, std::uint64_t header, std::uint64_t label,
                      std::uint64_t word0, std::uint64_t word1, std::uint64_t word2,
                      std::uint64_t word3)
{
    for (abi::Ticks const end = after(5); after(0) < end;) {
    }
    echo(badge, header, label, word0, word1, word2, word3);
}

void call_until_told(std::uint64_t)
{
    while (shared().word[1] == 0)
        expect_status(call(static_cast<HandleValue>(shared().word[0])).status, Status::ok);
    shared().word[2] = 1;
}

// Of this process's slices.
abi::Ticks time_in(std::uint64_t number)
{
    for (abi::Visit const& visit : must(sys::process_info(sys::own_process)).visits)
        if (visit.process == number)
            return visit.ticks;
    return 0;
}

// The client's books say where its time went; its slice ran in the server.
CASE(time_in_a_server_is_in_the_books_of_its_client)
{
    Child child;
    auto const endpoint = start_server(child, compute_and_echo);
    std::uint64_t const server = child.info().number;
    std::uint64_t const own = must(sys::process_info(sys::own_process)).number;
    expect(server != 0 && server != own);
    shared().word[0] = endpoint.value();
    auto const client = start_thread_with_handle(call_until_told, 0, 10);
    eventually([server] {
        pause(50);  // looking at the books all the time would be in them, too
        return time_in(server) >= milliseconds(300);
    });
    expect(must(sys::time_on_slice(client.value())) >= milliseconds(200));
    shared().word[1] = 1;
    eventually([] { return shared().word[2] == 1; });
    expect(time_in(own) * 2 < time_in(server));
    expect(child.info().visits[0].ticks < milliseconds(100));
}

}  // namespace
