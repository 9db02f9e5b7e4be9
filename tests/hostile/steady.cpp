#include "tests/hostile/steady.hpp"

namespace hostile {

using namespace test;

namespace {

constexpr std::uint64_t calls_at_a_time = 200;
constexpr std::uint64_t pause_ms = 5;

// A page that it shares with the supervisor alone: hostile processes may write what they like into
// the one that all have.
struct Books {
    std::atomic<std::uint64_t> rounds;
    std::atomic<std::uint64_t> time;
};
constexpr std::uint64_t books_address = 0x30000;
Books& books() { return *reinterpret_cast<Books*>(books_address); }

void map_books(HandleValue process, HandleValue memory)
{
    (void)must(
        sys::map({process, memory, books_address, 0, 1, sys::protect_read | sys::protect_write}));
}

void make_calls()
{
    for (std::uint64_t i = 0; i < calls_at_a_time; ++i) {
        Answer const answer = call(given(1), {0, i, {i, 1, 2, 3}});
        expect_status(answer.status, Status::ok);
        expect_equal(answer.registers.words[0], i);
    }
}

void run_client(std::uint64_t)
{
    for (;;) {
        abi::Ticks const begin = after(0);
        make_calls();
        books().time += after(0) - begin;
        books().rounds += calls_at_a_time;
        pause(pause_ms);
    }
}

}  // namespace

Steady::Steady(std::uint32_t priority)
    : server_{{.priority = priority}}, client_{{.priority = priority}}
{
    auto const endpoint = start_server(server_, echo);
    auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, 1));
    map_books(sys::own_process, memory.value());
    map_books(client_.process(), memory.value());
    client_.give(endpoint.value());
    client_.start(run_client);
}

Steady::Work Steady::work() const { return {books().rounds, books().time}; }

}  // namespace hostile
