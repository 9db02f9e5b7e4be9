// The kernel starts: memory, page table, harts, the first process.
#include "abi/archive.hpp"
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/traps.hpp"
#include "kernel/boot/machine.hpp"
#include "kernel/debug/log.hpp"
#include "kernel/debug/report.hpp"
#include "kernel/kernel.hpp"
#include "kernel/sched/measured.hpp"

extern "C" char image_end[];

namespace kernel {

constinit Kernel system;

namespace {

boot::Image find_image(std::uint64_t begin)
{
    std::uint64_t const kernel_end =
        begin + reinterpret_cast<std::uint64_t>(image_end) - image_base;
    auto const& archive = *direct<abi::ArchiveHeader const>(PhysAddr{kernel_end});
    if (archive.magic != abi::ArchiveHeader::magic_value)
        debug::panic("no boot archive behind the kernel");
    return {begin, kernel_end, kernel_end + round_up(archive.total_bytes, page_size)};
}

void say_hello(device_tree::Tree const& tree)
{
    debug::begin_line();
    debug::print("Baton on ", tree.root().text("model"), ", ", system.hart_count, " harts, ",
                 system.frames.total_frames() * page_size >> 20, " MiB free\n");
    if (!measured::has_lending) {
        debug::begin_line();
        debug::print("this kernel does not lend slices: it is for measurement only\n");
    }
}

}  // namespace

// `image` and `device_tree` are physical addresses; `started` is when the first hart came in.
extern "C" [[noreturn]] void kernel_main(std::uint64_t hart_id, std::uint64_t device_tree,
                                         std::uint64_t image_begin, Ticks started)
{
    Hart& hart = system.harts[0];
    asm volatile("mv tp, %0" : : "r"(&hart));
    hart.stack_top = reinterpret_cast<std::uint64_t>(__builtin_frame_address(0));
    arch::Stvec::write(reinterpret_cast<std::uint64_t>(trap_entry));
    arch::Sscratch::write(0);
    system.boot_ticks = started;
    system.lock.lock(hart);

    constexpr std::size_t largest_tree = 2 << 20;
    auto const tree =
        device_tree::Tree::parse({direct<std::byte const>(PhysAddr{device_tree}), largest_tree});
    if (!tree)
        debug::panic("the firmware passed no device tree");
    system.test_device = boot::find_test_device(*tree);
    boot::Image const image = find_image(image_begin);
    boot::Span const tree_span{round_down(device_tree, page_size),
                               round_up(device_tree + tree->total_bytes(), page_size)};

    boot::start_memory(*tree, image, tree_span);
    boot::Span const plic = boot::find_plic(*tree);
    boot::start_kernel_table(boot::find_memory(*tree), image, plic);
    system.plic_begin = plic.begin;
    system.plic_end = plic.end;
    boot::find_harts(*tree, hart_id);
    boot::start_interrupts(*tree, plic);
    boot::start_this_hart();
    say_hello(*tree);
    boot::start_init(image, tree_span);
    boot::start_other_harts(image);
    leave_kernel(hart);
}

}  // namespace kernel
