#include "tests/bench/client/reflection.hpp"
#include "lib/sys/call.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/upcall.hpp"
#include "tests/bench/client/measure.hpp"

namespace bench {

namespace {

struct Counts {
    std::uint64_t there;
    std::uint64_t back;
};

extern "C" Counts reflect_once();
extern "C" void reflection_handler();

}  // namespace

void measure_reflection()
{
    abi::Upcall& upcall = sys::message_buffer().upcall;
    upcall.thread_pointer = sys::address_of(&upcall);
    upcall.entry = reinterpret_cast<std::uint64_t>(&reflection_handler);
    Counts best{~0ull, ~0ull};
    for (unsigned i = 0; i < repeats; ++i) {
        Counts const found = reflect_once();
        best = {std::min(best.there, found.there), std::min(best.back, found.back)};
    }
    sys::hold_upcalls(upcall);
    sys::log("BENCH reflected_call ", best.there, " instructions");
    sys::log("BENCH reflected_return ", best.back, " instructions");
}

}  // namespace bench
