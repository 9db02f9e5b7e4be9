// Many things at once on all harts, with ends in the middle. Repeats with shared().effort.
#include "tests/kernel/threads.hpp"

namespace {

using namespace test;

// Children that were made and forgotten are on their way out when their parent ends: they have to
// wait until each hart that is busy has passed by.
CASE_ON_MANY_HARTS(children_that_never_ran_go_with_their_parent)
{
    for (std::uint64_t i = 0; i < 8; i++)
        start_thread(
            [](std::uint64_t) {
                for (;;) {
                }
            },
            i, sys::start_info().priority - 3);
    for (std::uint64_t i = 0; i < 20 * shared().effort; i++) {
        Child parent{{.quota_bytes = 1 << 20}};
        parent.start([](std::uint64_t) {
            for (int children = 0; children < 10; children++)
                must(sys::close(must(sys::process_create({0, 64 << 10, 256, 1})).release()));
            sys::exit(1);
        });
        expect(parent.wait_for_end().reason == abi::EndReason::exited);
    }
}

// Processes that compute, call, wait and make things are killed at any moment.
void be_busy(std::uint64_t)
{
    static Handle endpoint;
    static Handle notification;
    endpoint = serve(echo, 0, 2);
    notification = must(sys::notification_create());
    must(sys::arm(notification.value(), 1, 0, milliseconds(1)));
    for (int i = 0; i < 2; i++)
        start_thread([](std::uint64_t) {
            for (;;)
                (void)call(endpoint);
        });
    start_thread([](std::uint64_t) {
        for (double x = 1;; x = x * 1.0001)
            shared().word[5] = static_cast<std::uint64_t>(x) & 0xff;
    });
    start_thread([](std::uint64_t) {
        for (;;)
            (void)call(given(1));
    });
    shared().word[0]++;
    for (;;) {
        (void)sys::wait(notification.value());
        auto const memory = sys::memory_create(abi::MemoryKind::anonymous, 1);
        if (!memory)
            continue;  // what was given back before is not free yet
        auto const at = must(sys::map({0, memory->value(), 0x5000'0000, 0, 1, 3}));
        *reinterpret_cast<std::uint64_t volatile*>(at) = 1;
        must(sys::unmap(0, at, 1));
    }
}

CASE_ON_MANY_HARTS(busy_processes_are_killed_on_any_hart)
{
    auto const endpoint = serve(echo, 0, 2);
    std::uint64_t round = 0;
    for (Rounds rounds{15}; rounds.another(); round++) {
        shared().word[0] = 0;
        Child child;
        child.give(endpoint.value());
        child.start(be_busy);
        eventually([] { return shared().word[0] == 1; });
        pause(round % 7);
        child.kill();
        expect(child.info().reason == abi::EndReason::killed);
        expect_status(call(endpoint).status, Status::ok);
    }
}

void call_until_it_fails(std::uint64_t place)
{
    Status status = Status::ok;
    while (status == Status::ok) {
        status = call(static_cast<HandleValue>(shared().word[0].load())).status;
        shared().word[10 + place]++;
    }
    shared().word[2] += status != Status::peer_died;
    shared().word[1]++;
}

CASE_ON_MANY_HARTS(servers_are_killed_under_load)
{
    constexpr std::uint64_t clients = 4;
    for (Rounds rounds{10}; rounds.another();) {
        Child server;
        auto const endpoint = start_server(server, echo, 0, 2);
        shared().word[0] = endpoint.value();
        shared().word[1] = 0;
        for (std::uint64_t i = 0; i < clients; i++) {
            shared().word[10 + i] = 0;
            start_thread(call_until_it_fails, i);
        }
        eventually([] { return shared().word[10] > 100 && shared().word[13] > 100; });
        server.kill();
        eventually([] { return shared().word[1] == clients; });
        expect_equal(shared().word[2], 0);
    }
}

// Each client makes an endpoint of its own, calls it, and lets go: `closed` comes for each.
void count_closed(std::uint64_t, std::uint64_t header, std::uint64_t, std::uint64_t, std::uint64_t,
                  std::uint64_t, std::uint64_t)
{
    if (is_event(header))
        shared().word[0]++;
    sys::reply(Status::ok, {});
}

CASE_ON_MANY_HARTS(endpoints_close_under_load)
{
    static Handle pool;
    pool = make_pool(count_closed);
    add_worker(pool);
    add_worker(pool);
    constexpr std::uint64_t threads = 3;
    for (std::uint64_t i = 0; i < threads; i++)
        start_thread([](std::uint64_t) {
            for (std::uint64_t n = 0; n < 500 * shared().effort; n++) {
                auto const endpoint = make_endpoint(pool, n);
                expect_status(call(endpoint).status, Status::ok);
            }
            shared().word[1]++;
        });
    eventually([] { return shared().word[1] == threads; });
    eventually([] { return shared().word[0] == threads * 500 * shared().effort; });
}

// One thread closes the handle while another calls through it.
CASE_ON_MANY_HARTS(endpoints_close_in_the_middle_of_calls)
{
    static Handle pool;
    pool = make_pool(count_closed);
    add_worker(pool);
    add_worker(pool);
    static std::atomic<std::uint64_t> current;
    current = 1;
    start_thread([](std::uint64_t) {
        while (std::uint64_t const handle = current.load())
            (void)call(static_cast<HandleValue>(handle));
    });
    std::uint64_t count = 0;
    for (Rounds rounds{2000}; rounds.another(); count++) {
        auto const endpoint = make_endpoint(pool, count);
        current = endpoint.value();
        for (int i = 0; i < 10; i++)
            sys::nop();
    }
    current = 0;
    eventually([count] { return shared().word[0] == count; });
}

// Threads of the worst kind of client: handles and answers go in circles.
CASE_ON_MANY_HARTS(detached_calls_under_load)
{
    static Handle endpoint;
    endpoint = serve(
        [](std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t word0, std::uint64_t,
           std::uint64_t, std::uint64_t) {
            auto record = must(sys::detach());
            std::uint64_t const words[4] = {word0 + 1, 0, 0, 0};
            if (word0 % 3 == 0)
                must(sys::complete(record.release(), {}, Status::ok, words));
            else if (word0 % 3 == 1)
                record = {};
            else
                shared().word[20 + word0 % 64] = record.release();
            sys::reply(Status::ok, {});
        },
        0, 2);
    constexpr std::uint64_t threads = 3;
    for (std::uint64_t i = 0; i < threads; i++)
        start_thread(
            [](std::uint64_t place) {
                for (std::uint64_t n = place * 1000; n < place * 1000 + 600; n++) {
                    if (n % 3 == 2)
                        continue;
                    auto const answer = call(endpoint, {0, 0, {n, 0, 0, 0}});
                    expect_status(answer.status, n % 3 == 0 ? Status::ok : Status::peer_died);
                }
                shared().word[1]++;
            },
            i);
    eventually([] { return shared().word[1] == threads; });
}

}  // namespace
