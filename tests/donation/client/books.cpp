#include "tests/donation/client/books.hpp"
#include "lib/sys/environment.hpp"
#include "lib/sys/syscalls.hpp"

namespace {

constexpr std::uint64_t microseconds_a_second = 1'000'000;

std::uint64_t cycle_counter()
{
    std::uint64_t cycles;
    asm volatile("rdcycle %0" : "=r"(cycles));
    return cycles;
}

Result<std::uint64_t> all_lent_cycles(Loader const& loader)
{
    std::uint64_t sum = 0;
    for (std::uint32_t index = 0;; ++index) {
        auto const row = loader.books(index);
        if (!row && row.error() == Status::not_found)
            return sum;
        sum += TRY(row).lent_cycles;
    }
}

}  // namespace

std::uint64_t to_microseconds(sys::Ticks ticks)
{
    return ticks * microseconds_a_second / sys::start_info().timebase_hz;
}

Result<Moment> Moment::now(Loader const& loader)
{
    Moment moment;
    moment.lent_cycles = TRY(all_lent_cycles(loader));
    auto const kernel = TRY(sys::kernel_info(sys::find_grant("log")));
    auto const own = TRY(sys::process_info(sys::own_process));
    moment.idle_cycles = kernel.idle_cycles;
    moment.own_cycles = own.own_cycles;
    moment.quanta_waited = own.quanta_waited;
    moment.cycle = cycle_counter();
    moment.time = sys::now();
    return moment;
}

// Nothing says how fast `cycle` counts: `time` tells, which went on beside it.
Cost Cost::between(Moment const& begin, Moment const& end)
{
    std::uint64_t const elapsed_us = to_microseconds(end.time - begin.time);
    std::uint64_t const cycles_a_us = (end.cycle - begin.cycle) / elapsed_us;
    return {.own_us = (end.own_cycles - begin.own_cycles) / cycles_a_us,
            .lent_us = (end.lent_cycles - begin.lent_cycles) / cycles_a_us,
            .idle_us = (end.idle_cycles - begin.idle_cycles) / cycles_a_us,
            .elapsed_us = elapsed_us,
            .quanta_waited = end.quanta_waited - begin.quanta_waited};
}
