// bench-client: prints what operations cost, as lines "BENCH name value instructions".
//
// QEMU runs this with -icount shift=0, where a nanosecond of the clock is an instruction.
#include "generated/tests/bench/bench.hpp"
#include "lib/sys/memory.hpp"
#include "lib/sys/notification.hpp"
#include "lib/sys/run.hpp"
#include "tests/bench/client/files.hpp"
#include "tests/bench/client/measure.hpp"
#include "tests/bench/client/memory.hpp"
#include "tests/bench/client/reflection.hpp"
#include <algorithm>

namespace {

using bench::measure;

// Four words travel in registers, whether they are used or not; the others in the buffer.
template <std::size_t words>
Result<> call(sys::Handle const& endpoint)
{
    constexpr std::size_t in_buffer = words - std::min(words, abi::register_words);
    sys::Registers message{.header = sys::MessageHeader::make(in_buffer).bits};
    return to_result(sys::call(endpoint.value(), message));
}

Result<> measure_calls(sys::Environment& environment, Bench const& stub)
{
    auto const raw = TRY(environment.take("raw"));
    std::array<std::byte, abi::page_size> page{};

    TRY(measure("null_call", [&] { return call<0>(raw); }));
    TRY(measure("stub_call", [&] { return stub.nothing(); }));
    TRY(measure("call_4_words", [&] { return call<4>(raw); }));
    TRY(measure("call_10_words", [&] { return call<10>(raw); }));
    TRY(measure("call_64_words", [&] { return call<64>(raw); }));
    return measure("lease_copy_4k", [&] { return stub.copy(page); });
}

Result<> signal_and_wait(sys::Notification const& notification)
{
    TRY(notification.signal(1));
    TRY(notification.wait());
    return {};
}

Result<> map_touch_and_unmap(sys::Memory const& memory)
{
    auto const mapping = TRY(memory.map());
    *static_cast<std::byte volatile*>(mapping.data()) = std::byte{1};
    return {};
}

// Each row makes a function of its own of this, with the call in place.
template <class Call>
Result<> done(Call const& call)
{
    call();
    return {};
}

Result<> measure_objects()
{
    auto const notification = TRY(sys::Notification::create());
    auto const memory = TRY(sys::Memory::create(1));
    TRY(measure("signal_wait", [&] { return signal_and_wait(notification); }));
    TRY(measure("signal_alone", [&] { return notification.signal(1); }));
    TRY(measure("yield_alone", [] { return done(sys::yield); }));
    TRY(measure("null_system_call", [] { return done(sys::nop); }));
    return measure("map_unmap_page", [&] { return map_touch_and_unmap(memory); });
}

// Threads are made in turn from a few places, so that one has ended before its place is used again.
struct ThreadPlace {
    alignas(1024) abi::MessageBuffer buffer{};
    alignas(16) std::array<std::byte, 1024> stack{};
};
constinit std::array<ThreadPlace, 8> places{};

[[noreturn]] void signal_and_end(std::uint64_t notification)
{
    (void)sys::signal(static_cast<sys::HandleValue>(notification), 1);
    sys::thread_exit();
}

Result<> create_and_await_thread(sys::Notification const& ended, ThreadPlace& place)
{
    abi::ThreadParameters const parameters{
        .entry = reinterpret_cast<std::uint64_t>(&signal_and_end),
        .stack_pointer = sys::address_of(place.stack.data() + place.stack.size()),
        .argument = ended.handle(),
        .message_buffer = sys::address_of(&place.buffer),
        .priority = sys::start_info().priority,
    };
    auto const thread = TRY(sys::thread_create(sys::own_process, parameters));
    TRY(ended.wait());
    return {};
}

Result<> measure_threads()
{
    auto const ended = TRY(sys::Notification::create());
    std::size_t next = 0;
    return measure("thread_create_exit",
                   [&] { return create_and_await_thread(ended, places[next++ % places.size()]); });
}

Result<> measure_all(sys::Environment& environment)
{
    auto const power = TRY(environment.take("power"));
    auto const stub = TRY(environment.connect<Bench>("stub"));
    TRY(measure_calls(environment, stub));
    TRY(measure_objects());
    TRY(measure_threads());
    bench::measure_reflection();
    TRY(bench::measure_memory(stub));
    auto const root = TRY(environment.connect<Directory>("root"));
    TRY(bench::measure_files(root));
    return sys::power(power.value(), abi::PowerAction::off);
}

}  // namespace

int main() { return sys::run(measure_all); }
