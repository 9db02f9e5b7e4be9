// The kernel's own end.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/sbi.hpp"
#include "kernel/arch/riscv64/traps.hpp"
#include "kernel/debug/log.hpp"
#include "kernel/debug/report.hpp"
#include "kernel/debug/symbols.hpp"
#include "kernel/kernel.hpp"

namespace kernel {

namespace debug {

namespace {

constexpr char const* register_names[32] = {"pc", "ra", "sp",  "gp",  "tp", "t0", "t1", "t2",
                                            "s0", "s1", "a0",  "a1",  "a2", "a3", "a4", "a5",
                                            "a6", "a7", "s2",  "s3",  "s4", "s5", "s6", "s7",
                                            "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"};

void print_registers(Frame const& frame)
{
    for (std::size_t i = 0; i < 32; i++)
        print(i % 4 == 0 ? "\n  " : "  ", std::string_view{register_names[i]}, " ",
              Hex{frame.x[i]});
}

constexpr std::uint64_t call_bytes = 4;  // a return address may be another function's first

bool is_kernel_stack(std::uint64_t address) { return address >= direct_map && address % 8 == 0; }

void print_backtrace(std::uint64_t pc, std::uint64_t frame)
{
    print("\n  ");
    print_symbol(pc);
    for (int depth = 0; depth < 20 && is_kernel_stack(frame); depth++) {
        auto const* const link = reinterpret_cast<std::uint64_t const*>(frame) - 2;
        if (link[1] < image_base)
            return;
        print("\n  ");
        print_symbol(link[1] - call_bytes);
        if (link[0] <= frame)
            return;
        frame = link[0];
    }
}

}  // namespace

void fail_machine()
{
    constexpr std::uint32_t fail_with_status_1 = 0x3333 | 1 << 16;
    if (system.test_device)  // OpenSBI 1.1 uses it too, but drops the reason on the way
        *direct<std::uint32_t volatile>(system.test_device) = fail_with_status_1;
    arch::sbi::reset(0, 1);
}

void panic(std::string_view reason, Frame const* frame)
{
    print("\nkernel panic on hart ", this_hart().id, ": ", reason);
    if (frame != nullptr) {
        print_registers(*frame);
        print_backtrace(frame->x[reg::pc], frame->x[reg::fp]);
    } else {
        auto const* const link =
            reinterpret_cast<std::uint64_t const*>(__builtin_frame_address(0)) - 2;
        print_backtrace(link[1] - call_bytes, link[0]);
    }
    print("\n");
    fail_machine();
    for (;;)
        arch::wait_for_interrupt();
}

void end_of_init(Process const& init)
{
    abi::ProcessInfo const& report = *init.report;
    print("\ninit has ended: reason ", std::uint64_t{std::to_underlying(init.reason)}, ", code ",
          init.exit_code, ", cause ", report.cause, ", pc ", Hex{report.registers[reg::pc]},
          ", address ", Hex{report.address});
    for (std::uint64_t const address : report.backtrace)
        if (address != 0)
            print("\n  ", Hex{address});
    panic("init has ended");
}

}  // namespace debug

void kernel_trap(Frame* frame)
{
    debug::print("\ntrap in the kernel: cause ", debug::Hex{arch::Scause::read()}, ", address ",
                 debug::Hex{arch::Stval::read()});
    debug::panic("trap", frame);
}

}  // namespace kernel
