#include "tests/hostile/attack.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/start_info.hpp"
#include "lib/sys/upcall.hpp"
#include "tests/hostile/shapes.hpp"
#include "tests/kernel/random.hpp"
#include "tests/kernel/threads.hpp"
#include <algorithm>

namespace hostile {

namespace {

using namespace test;
using abi::Syscall;

constinit Plan mine{};
constinit HandleValue own_pool = 0;  // unless it was closed or given away
constinit std::atomic<std::uint64_t> next_number{0};

// What the threads of this process have found; written over as they go on.
constinit std::array<std::atomic<HandleValue>, 32> known{};
constinit std::array<std::atomic<std::uint64_t>, 8> mapped{};

void misbehave(std::uint64_t badge, std::uint64_t header, std::uint64_t label, std::uint64_t word0,
               std::uint64_t word1, std::uint64_t word2, std::uint64_t word3);

void know(Random& random, HandleValue handle)
{
    if (handle == 0)
        return;
    HandleValue const old = known[random.below(known.size())].exchange(handle);
    if (old != 0 && !random.one_in(8))
        (void)sys::close(old);
}

HandleValue some_handle(Random& random)
{
    for (int i = 0; i < 4; ++i)
        if (HandleValue const handle = known[random.below(known.size())].load(); handle != 0)
            return handle;
    return static_cast<HandleValue>(random.below(1 << 10));
}

std::uint64_t some_address(Random& random)
{
    constexpr std::uint64_t edges[] = {0,
                                       abi::first_message_buffer,
                                       abi::StartInfo::address,
                                       0x200000,
                                       0x10'0000'0000,
                                       0x3f'ffff'f000,
                                       0x40'0000'0000,
                                       0xffff'ffc0'8020'0000,
                                       ~0ull - 7};
    std::uint64_t const address = random.one_in(4) ? edges[random.below(std::size(edges))]
                                                   : mapped[random.below(mapped.size())].load();
    return random.one_in(2) ? address : address + random.below(8192);
}

std::uint64_t some_header(Random& random)
{
    if (random.one_in(3))
        return 0;
    std::uint64_t const flags = random.one_in(2) ? 0 : random.next();
    return abi::MessageHeader::make(random.below(65), random.below(3), random.below(3),
                                    random.below(3))
               .bits |
           (flags & abi::MessageHeader::caller_flags);
}

// Another thread, of this process or of one that it can reach.
std::uint64_t some_plan(Random& random)
{
    auto& plan = *reinterpret_cast<abi::ThreadParameters*>(own_buffer().words + 16);
    plan = {.entry = some_address(random),
            .stack_pointer = some_address(random),
            .thread_pointer = some_address(random),
            .argument = random.next(),
            .message_buffer = some_address(random) & ~1023ull,
            .pool = random.one_in(2) ? some_handle(random) : 0,
            .priority = static_cast<std::uint32_t>(random.below(12))};
    return sys::address_of(&plan);
}

// A slice with a budget, or without; on some of the harts.
std::uint64_t some_schedule(Random& random)
{
    auto& parameters = *reinterpret_cast<abi::SchedulingParameters*>(own_buffer().words + 32);
    parameters = {.priority = random.below(8),
                  .budget = random.one_in(2) ? 0 : milliseconds(1) * random.below(20) / 4,
                  .period = milliseconds(1 + random.below(8)),
                  .harts = random.one_in(2) ? 0 : random.below(16)};
    return sys::address_of(&parameters);
}

std::uint64_t some_argument(Random& random, Kind kind)
{
    if (random.one_in(64))
        kind = Kind::number;
    switch (kind) {
    case Kind::none:
        return 0;
    case Kind::handle:
        return some_handle(random);
    case Kind::own_or:
        return random.one_in(2) ? 0 : some_handle(random);
    case Kind::small:
        return random.below(random.one_in(8) ? 128 : 5);
    case Kind::bits:
        return random.next() & random.next();
    case Kind::bit:
        return 1ull << random.below(64);
    case Kind::number:
        return random.one_in(2) ? ~random.below(4096) : random.next();
    case Kind::rights:
        return random.one_in(2) ? abi::all_rights : random.next() & abi::all_rights;
    case Kind::header:
        return some_header(random);
    case Kind::address:
        return some_address(random);
    case Kind::page:
        return random.one_in(3) ? 0 : some_address(random) & ~(abi::page_size - 1);
    case Kind::length:
        return random.below(random.one_in(4) ? 100'000 : 300);
    case Kind::deadline:
        return random.one_in(500) ? abi::never : after(random.below(3));
    case Kind::period:
        return random.one_in(2) ? 0 : milliseconds(1 + random.below(3));
    case Kind::protection:
        return random.one_in(2) ? 3 : random.below(8) | (random.one_in(4) ? abi::map_shared : 0);
    case Kind::quota:
        return random.below(256) << 10;
    case Kind::slots:
        return random.one_in(8) ? random.below(1000) : 256;
    case Kind::service:
        return random.one_in(8) ? some_address(random)
                                : reinterpret_cast<std::uint64_t>(&misbehave);
    case Kind::plan:
        return some_plan(random);
    case Kind::schedule:
        return some_schedule(random);
    }
    return 0;
}

// What ends or stops somebody is rare, or little else would be tried.
Syscall some_call(Random& random)
{
    auto const call = static_cast<Syscall>(random.below(abi::syscall_count));
    switch (call) {
    case Syscall::exit:
    case Syscall::thread_exit:
    case Syscall::process_kill:
    case Syscall::reply:
    case Syscall::upcall_return:
        return random.one_in(100) ? call : Syscall::call;
    case Syscall::unmap:
    case Syscall::revoke:
    case Syscall::close:
    case Syscall::protect:
    case Syscall::space_clone:
        return random.one_in(8) ? call : Syscall::call;
    default:
        return call;
    }
}

void fill_buffer(Random& random)
{
    abi::MessageBuffer& buffer = own_buffer();
    for (auto& transfer : buffer.handles)
        transfer = {some_handle(random),
                    static_cast<std::uint16_t>(some_argument(random, Kind::rights)),
                    static_cast<std::uint16_t>(random.one_in(4))};
    for (auto& lease : buffer.leases)
        lease = {some_address(random), some_argument(random, Kind::length), random.below(4)};
    buffer.deadline = some_argument(random, Kind::deadline);
    buffer.lent_bytes = some_argument(random, Kind::quota);
}

// Calls that answer with a handle, or with an address.
void keep_result(Random& random, Syscall call, sys::EcallResult const& result)
{
    if (result.status != Status::ok)
        return;
    switch (call) {
    case Syscall::detach:
    case Syscall::duplicate:
    case Syscall::notification_create:
    case Syscall::pool_create:
    case Syscall::endpoint_create:
    case Syscall::memory_create:
    case Syscall::memory_clone:
    case Syscall::process_create:
    case Syscall::thread_create:
        return know(random, static_cast<HandleValue>(result.first));
    case Syscall::call:
        for (std::size_t i = 0; i < abi::MessageHeader{result.first}.handle_count(); ++i)
            know(random, own_buffer().handles[i].handle);
        return;
    case Syscall::map:
        mapped[random.below(mapped.size())] = result.first;
        return;
    default:
        return;
    }
}

void make_call(Random& random, Syscall call)
{
    shared().word[mine.index]++;
    fill_buffer(random);
    Shape const& shape = shapes[std::to_underlying(call)];
    std::uint64_t argument[7];
    std::ranges::transform(shape, argument, [&](Kind kind) { return some_argument(random, kind); });
    auto const result = sys::ecall(call, argument[0], argument[1], argument[2], argument[3],
                                   argument[4], argument[5], argument[6]);
    keep_result(random, call, result);
}

// Gives the broker something and takes what it has from others.
void trade(Random& random)
{
    fill_buffer(random);
    own_buffer().handles[0] = {some_handle(random), 0, 0};
    auto const header = abi::MessageHeader::make(0, 1, 1).bits;
    Answer const answer =
        call(given(broker_handle), {header, 0, {random.next(), random.next(), 0, 0}});
    if (answer.status == Status::ok && abi::MessageHeader{answer.registers.header}.handle_count())
        know(random, own_buffer().handles[0].handle);
}

// Memory that may be a pager's, that another process may unmap, or that was never there.
void touch(Random& random)
{
    auto* const word = reinterpret_cast<std::uint64_t volatile*>(
        (mapped[random.below(mapped.size())] + random.below(3) * abi::page_size) & ~7ull);
    if (random.one_in(2))
        (void)*word;
    else
        *word = random.next();
}

void act(Random& random)
{
    if (random.one_in(16))
        trade(random);
    else if (random.one_in(32))
        touch(random);
    else
        make_call(random, some_call(random));
}

Random next_random() { return Random{mine.seed + next_number++ * 0x10001}; }

// A worker: it does some of the same before it answers, or does not answer at all.
void misbehave(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
               std::uint64_t, std::uint64_t)
{
    Random random = next_random();
    for (std::uint64_t left = random.below(4); left != 0; --left)
        act(random);
    if (random.one_in(500))
        sys::thread_exit();
    if (random.one_in(2000))
        sys::exit(1);
    fill_buffer(random);
    sys::reply(static_cast<Status>(random.below(40)), {some_header(random), random.next(), {}});
}

// In place of those that have exited; fails when the quota is used up.
void add_worker_if_possible()
{
    auto const memory = sys::memory_create(abi::MemoryKind::anonymous, 2);
    if (!memory)
        return;
    auto const begin = sys::map({0, memory->value(), 0, 0, 2, 3});
    if (!begin)
        return;
    (void)sys::thread_create(sys::own_process, {.stack_pointer = *begin + 2 * abi::page_size,
                                                .thread_pointer = *begin,
                                                .message_buffer = *begin,
                                                .pool = own_pool});
}

bool blocks(Syscall call)
{
    return call == Syscall::call || call == Syscall::wait || call == Syscall::futex_wait;
}

// One thread of each process waits for nobody: something happens always.
void attack_without_waiting(std::uint64_t)
{
    for (;;) {
        Random random = next_random();
        if (Syscall const call = some_call(random); !blocks(call))
            make_call(random, call);
        if (random.one_in(200))
            add_worker_if_possible();
    }
}

void attack(std::uint64_t)
{
    for (;;) {
        Random random = next_random();
        act(random);
    }
}

// It is sent for by others of its process, and by those that have its handle.
void be_sent_for(sys::UpcallArea& area, sys::UpcallReason const& reason)
{
    if (reason.cause != abi::upcall_by_thread)
        sys::exit(reason.cause);
    (void)sys::take_bits(*area.upcall);
    Random random = next_random();
    make_call(random, some_call(random));
}

void attack_with_handler(std::uint64_t)
{
    constinit static sys::UpcallArea area{};
    abi::ThreadParameters const memory = new_thread_memory();
    area = {memory.stack_pointer, global_pointer(), sys::address_of(&own_buffer()), be_sent_for,
            &own_buffer().upcall};
    sys::take_upcalls(area);
    attack(0);
}

// One of each kind of object, and its own process, which it will show to others.
void collect_objects(Random& random)
{
    auto pool = make_pool(misbehave);
    add_worker(pool);
    add_worker(pool);
    auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, 3));
    for (auto& address : mapped)
        address = must(sys::map({0, memory.value(), 0, 0, 3, 3}));
    auto endpoint = make_endpoint(pool, 1);
    known[0] = must(sys::duplicate(memory.value())).release();
    known[1] = must(sys::paged_memory_create(3, endpoint.value())).release();
    known[2] = must(sys::notification_create()).release();
    known[3] = must(sys::notification_create()).release();
    known[4] = endpoint.release();
    own_pool = pool.release();
    known[5] = must(sys::duplicate(own_pool)).release();
    known[6] = given(own_process_handle);
    for (int i = 0; i < 16; ++i)
        trade(random);
}

}  // namespace

void be_hostile(std::uint64_t plan)
{
    mine = *reinterpret_cast<Plan const*>(plan);
    Random random{mine.seed};
    collect_objects(random);
    know(random,
         start_thread_with_handle(attack_with_handler, 0, sys::start_info().priority).release());
    start_thread(attack_without_waiting);
    attack(0);
}

}  // namespace hostile
