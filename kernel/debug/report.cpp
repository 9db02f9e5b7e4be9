// What is told of a program when it went wrong.
#include "kernel/debug/report.hpp"
#include "kernel/mm/user_memory.hpp"
#include "kernel/object/process.hpp"

namespace kernel::debug {

namespace {

// The return address and the frame before it, as -fno-omit-frame-pointer lays them out.
struct StackFrame {
    std::uint64_t previous;
    std::uint64_t return_address;
};

void walk_stack(Thread& thread, abi::ProcessInfo& report)
{
    std::uint64_t frame = thread.x[reg::fp];
    for (std::uint64_t& place : report.backtrace) {
        if (frame < sizeof(StackFrame) || frame % 8 != 0)
            return;
        UserPointer<StackFrame> const at{thread.process->space, frame - sizeof(StackFrame)};
        auto const found = at.read();
        if (!found)
            return;
        place = found->return_address;
        if (found->previous <= frame)
            return;
        frame = found->previous;
    }
}

}  // namespace

void write_report(Thread& thread, std::uint64_t cause, std::uint64_t address)
{
    abi::ProcessInfo& report = *thread.process->report;
    report.cause = cause;
    report.address = address;
    for (std::size_t i = 0; i < 32; i++)
        report.registers[i] = thread.x[i];
    walk_stack(thread, report);
}

}  // namespace kernel::debug
