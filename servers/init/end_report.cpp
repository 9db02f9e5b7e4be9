#include "servers/init/end_report.hpp"
#include "lib/sys/exception_name.hpp"
#include "lib/sys/log.hpp"
#include <span>

namespace init {

static void report_registers(std::span<std::uint64_t const, 32> registers)
{
    // x0 holds the pc, which the first line has.
    static constexpr std::string_view names[32] = {
        "pc", "ra", "sp", "gp", "tp",  "t0",  "t1", "t2", "s0", "s1", "a0",
        "a1", "a2", "a3", "a4", "a5",  "a6",  "a7", "s2", "s3", "s4", "s5",
        "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"};
    constexpr std::size_t per_line = 4;
    for (std::size_t first = 0; first < registers.size(); first += per_line) {
        sys::Line line{" "};
        for (std::size_t i = first; i < first + per_line; ++i) {
            line.append(' ');
            line.append(sys::LeftAligned{names[i], 3});
            line.append(' ');
            line.append(sys::PaddedHex{registers[i]});
        }
        sys::log_line(line.view());
    }
}

static void report_backtrace(std::span<std::uint64_t const> addresses)
{
    sys::Line line{"  called from"};
    std::size_t count = 0;
    for (; count < addresses.size() && addresses[count] != 0; ++count) {
        line.append(' ');
        line.append(sys::Hex{addresses[count]});
    }
    if (count != 0)
        sys::log_line(line.view());
}

void report_end(std::string_view name, abi::ProcessInfo const& info)
{
    if (info.reason != abi::EndReason::exception)
        return;
    sys::log(name, ": killed, ", is_out_of_memory(info) ? "out of memory: " : "",
             sys::exception_name(info.cause), " at pc ", sys::Hex{info.registers[0]}, ", address ",
             sys::Hex{info.address});
    report_registers(info.registers);
    report_backtrace(info.backtrace);
}

}  // namespace init
