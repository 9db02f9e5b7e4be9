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
#include "tests/bench/client/threads.hpp"
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

// A call from among floating-point code: the registers hold something that counts.
Result<> call_with_fp(sys::Handle const& endpoint)
{
    asm volatile("fadd.d fs0, fs0, fs0" : : : "fs0");
    return call<0>(endpoint);
}

Result<> measure_calls(sys::Environment& environment, Bench const& stub)
{
    auto const raw = TRY(environment.take("raw"));
    auto const raw_fp = TRY(environment.take("raw-fp"));
    std::array<std::byte, abi::page_size> page{};

    TRY(measure("null_call", [&] { return call<0>(raw); }));
    TRY(measure("null_call_fp_client", [&] { return call_with_fp(raw); }));
    TRY(measure("null_call_fp_both", [&] { return call_with_fp(raw_fp); }));
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

Result<> measure_all(sys::Environment& environment)
{
    auto const power = TRY(environment.take("power"));
    auto const stub = TRY(environment.connect<Bench>("stub"));
    TRY(measure_calls(environment, stub));
    TRY(measure_objects());
    TRY(bench::measure_threads(stub));
    bench::measure_reflection();
    TRY(bench::measure_memory(stub));
    auto const root = TRY(environment.connect<Directory>("root"));
    TRY(bench::measure_files(root));
    return sys::power(power.value(), abi::PowerAction::off);
}

}  // namespace

int main() { return sys::run(measure_all); }
