// System calls about the machine; they need the root handle, or what was made from it.
#include "kernel/arch/riscv64/sbi.hpp"
#include "kernel/debug/log.hpp"
#include "kernel/debug/report.hpp"
#include "kernel/mm/user_memory.hpp"
#include "kernel/syscall/table.hpp"

namespace kernel::syscall {

Value interrupt_create(Context& context)
{
    TRY(context.lookup<Root>(0, Right::device));
    std::uint64_t const source = context.argument(1);
    Notification* const notification = TRY(context.lookup<Notification>(2, Right::signal));
    if (source >= arch::Plic::max_sources)
        return fail(Status::out_of_range);
    auto const number = static_cast<std::uint32_t>(source);
    if (!system.plic.is_free(number))
        return fail(Status::busy);
    if (!context.process.caps.has_room_for(1))
        return fail(Status::no_handles);
    Interrupt* const interrupt = TRY(make<Interrupt>(context.process, context.process, number,
                                                     *notification, context.argument(3)));
    system.plic.attach(*interrupt, context.hart.index);
    return install(context.process, *interrupt);
}

Value interrupt_complete(Context& context)
{
    Interrupt* const interrupt = TRY(context.lookup<Interrupt>(0, Right::manage));
    if (std::exchange(interrupt->claimed, false))
        system.plic.complete(interrupt->source);
    return 0;
}

// Registers only: memory that the kernel manages, its own image and the interrupt controller are
// nobody's device.
Value device_memory_create(Context& context)
{
    TRY(context.lookup<Root>(0, Right::device));
    PhysAddr const base{context.argument(1)};
    std::uint64_t const pages = context.argument(2);
    constexpr std::uint64_t address_limit = 1ull << 56;
    if (base.value % page_size != 0 || base.value >= address_limit || pages == 0 ||
        pages > Memory::max_pages)
        return fail(Status::bad_argument);
    if (system.is_reserved(base, pages * page_size))
        return fail(Status::busy);
    return make_handle<Memory>(context.process, context.process, Memory::Kind::device, pages, base);
}

Value dma_space_create(Context& context)
{
    TRY(context.lookup<Root>(0, Right::device));
    return make_handle<DmaSpace>(context.process, context.process);
}

Value log(Context& context)
{
    TRY(context.lookup<Root>(0, Right::log));
    VirtAddr address = context.argument(1);
    std::uint64_t left = context.argument(2);
    constexpr std::uint64_t longest = 1024;
    if (left > longest)
        return fail(Status::too_large);
    while (left != 0) {
        std::byte chunk[64];
        std::size_t const count = std::min(left, std::uint64_t{sizeof chunk});
        TRY(read_user(context.process.space, address, {chunk, count}));
        debug::write({reinterpret_cast<char const*>(chunk), count});
        address += count;
        left -= count;
    }
    return 0;
}

Value power(Context& context)
{
    TRY(context.lookup<Root>(0, Right::power));
    auto const action = abi::PowerAction{context.argument(1)};
    if (action > abi::PowerAction::fail)
        return fail(Status::bad_argument);
    if (action == abi::PowerAction::fail)
        debug::fail_machine();
    else
        arch::sbi::reset(action == abi::PowerAction::off ? 0 : 1, 0);
    return fail(Status::not_supported);  // the machine cannot
}

Value kernel_info(Context& context)
{
    TRY(context.lookup<Root>(0, Right::log));
    abi::KernelInfo info{.total_bytes = system.frames.total_frames() * page_size,
                         .free_bytes = system.frames.free_frames() * page_size,
                         .kernel_bytes = system.kernel_bytes,
                         .hart_count = system.hart_count,
                         .boot_ticks = system.boot_ticks};
    for (Hart const& hart : system.harts) {
        info.idle_cycles += hart.idle_cycles;
        info.free_bytes += hart.frames.count() * page_size;
        info.harts_online += hart.online ? 1 : 0;
    }
    TRY(UserPointer<abi::KernelInfo>(context.process.space, context.argument(1)).write(info));
    return 0;
}

}  // namespace kernel::syscall
