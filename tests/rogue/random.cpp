// Random system calls with random arguments, by two threads of a process that has a bit of
// everything. When the process has ended, or nothing moves any more, there is a new one. The call
// with a certain number is always the same, but what it finds is not.
#include "tests/kernel/random.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/start_info.hpp"
#include "tests/kernel/threads.hpp"
#include "tests/rogue/attacks.hpp"
#include <algorithm>
#include <stdio.h>
#include <stdlib.h>

namespace rogue {

namespace {

using namespace test;
using abi::Syscall;

constexpr std::uint64_t place = 0x5000'0000;
constinit std::array<HandleValue, 16> known{};
constinit std::size_t known_count = 0;

constinit std::uint64_t first_call = 0;    // the number of the first one of the next process
constinit std::uint64_t calls_wanted = 0;  // of the next process

// The hostile process may write anything here; nobody relies on it.
std::atomic<std::uint64_t>& calls_done() { return shared().word[0]; }

void know(HandleValue handle) { known[known_count++] = handle; }

std::uint64_t some_address(Random& random)
{
    constexpr std::uint64_t addresses[] = {
        0,
        place,
        place + 4090,
        place + 8192,
        abi::first_message_buffer,
        abi::StartInfo::address,
        0x200000,
        0x10'0000'0000,
        0x3f'ffff'f000,
        0x40'0000'0000,
        0x8020'0000,
        0x1000'0000,
        0xffff'ffc0'8020'0000,
        0xffff'ffff'8000'0000,
        ~0ull - 7,
    };
    std::uint64_t const address = addresses[random.below(std::size(addresses))];
    return random.one_in(3) ? address + random.below(4096) : address;
}

std::uint64_t some_argument(Random& random)
{
    switch (random.below(8)) {
    case 0:
        return random.below(16);
    case 1:
    case 2:
    case 3:
        return known[random.below(known_count)];
    case 4:
    case 5:
        return some_address(random);
    case 6:
        return 1ull << random.below(64);
    default:
        return random.one_in(2) ? ~random.below(4096) : random.next();
    }
}

// What only ends or stops the process is rare, or little else would be tried.
Syscall some_call(Random& random)
{
    auto const call = static_cast<Syscall>(random.below(abi::syscall_count));
    bool const ends = call == Syscall::exit || call == Syscall::thread_exit ||
                      call == Syscall::reply || call == Syscall::process_kill;
    return ends && !random.one_in(20) ? Syscall::nop : call;
}

void fill_buffer(Random& random)
{
    abi::MessageBuffer& buffer = own_buffer();
    for (auto& transfer : buffer.handles)
        transfer = {static_cast<HandleValue>(some_argument(random)),
                    static_cast<std::uint16_t>(random.next()),
                    static_cast<std::uint16_t>(random.below(2))};
    for (auto& lease : buffer.leases)
        lease = {some_address(random), some_argument(random), random.below(8)};
}

void make_call(std::uint64_t number)
{
    Random random{number};
    Syscall const call = some_call(random);
    std::uint64_t arguments[7];
    for (auto& argument : arguments)
        argument = some_argument(random);
    if (call == Syscall::wait)
        arguments[1] = sys::now() + random.below(1000);
    if (call == Syscall::futex_wait)
        arguments[2] = sys::now() + random.below(1000);
    if (call == Syscall::call || call == Syscall::complete) {
        fill_buffer(random);
        arguments[1] &= random.one_in(2) ? 0x7ff7f : ~0ull;
    }
    (void)sys::ecall(call, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],
                     arguments[5], arguments[6]);
}

void attack(std::uint64_t)
{
    for (;;) {
        std::uint64_t const number = calls_done()++;
        if (number >= calls_wanted)
            stay();
        make_call(first_call + number);
    }
}

// One of each kind of object; and what the shell gave: the way to the file server.
void be_hostile(std::uint64_t)
{
    auto pool = make_pool(echo);
    add_worker(pool);
    auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, 2));
    (void)must(sys::map({0, memory.value(), place, 0, 2, 3}));
    know(must(sys::memory_create(abi::MemoryKind::contiguous, 1)).release());
    know(make_endpoint(pool, 1).release());
    know(pool.release());
    know(must(sys::notification_create()).release());
    know(must(sys::notification_create()).release());
    know(must(sys::process_create({0, 128 << 10, 256, 1})).release());
    know(must(sys::duplicate(memory.value())).release());
    if (given(1) != 0)
        know(given(1));
    start_thread(attack);
    attack(0);
}

// Until it has ended, or has done nothing for a while. Returns how many calls it has made.
std::uint64_t supervise(Child const& child)
{
    std::uint64_t before = ~0ull;
    while (!child.has_ended() && calls_done() != before && calls_done() < calls_wanted) {
        before = calls_done();
        pause(10);
    }
    (void)sys::process_kill(child.process(), 0);  // it may have ended by itself
    return std::min(calls_done().load(), calls_wanted);
}

std::uint64_t run_hostile_process()
{
    Child child;
    if (HandleValue const files = sys::find_grant("root"); files != 0)
        child.give(files);
    child.start(be_hostile);
    return supervise(child);
}

std::uint64_t used_bytes() { return must(sys::process_info(sys::own_process)).used_bytes; }

}  // namespace

int random_calls(char const* argument)
{
    prepare_children(0);
    char* rest = nullptr;
    std::uint64_t const wanted = strtoull(argument, &rest, 10);
    std::uint64_t const seed = *rest == ',' ? strtoull(rest + 1, nullptr, 10) << 32 : 0;
    std::uint64_t const most = used_bytes() + (256 << 10);  // page tables of this process
    std::uint64_t processes = 0;
    for (std::uint64_t done = 0; done < wanted; processes++) {
        first_call = seed + done;
        calls_wanted = std::min<std::uint64_t>(wanted - done, 10'000);
        calls_done() = 0;
        done += run_hostile_process();
        eventually([most] { return used_bytes() <= most; });  // it is paid back
    }
    printf("%lu calls by %lu processes\n", wanted, processes);
    return ok();
}

}  // namespace rogue
