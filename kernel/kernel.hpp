// The kernel's state: one object, built in main.cpp, and one Hart for each hart.
#pragma once
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/hart.hpp"
#include "kernel/arch/riscv64/plic.hpp"
#include "kernel/arch/riscv64/sv39.hpp"
#include "kernel/mm/asid_allocator.hpp"
#include "kernel/mm/frame_allocator.hpp"
#include "kernel/mm/reclaimer.hpp"
#include "kernel/mm/slab.hpp"
#include "kernel/object/call_record.hpp"
#include "kernel/object/dma_space.hpp"
#include "kernel/object/interrupt.hpp"
#include "kernel/object/process.hpp"
#include "kernel/object/root.hpp"
#include "kernel/sched/kernel_lock.hpp"
#include "kernel/sched/scheduler.hpp"
#include <tuple>

namespace kernel {

struct Kernel {
    KernelLock lock;  // guards all that follows, and all objects, but for what the fast path does
    FrameAllocator frames;
    AsidAllocator asids;
    Reclaimer reclaimer;
    Scheduler scheduler;
    arch::Plic plic;

    std::tuple<SlabOf<Process>, SlabOf<Thread>, SlabOf<Pool>, SlabOf<Endpoint>,
               SlabOf<Notification>, SlabOf<Memory>, SlabOf<Interrupt>, SlabOf<CallRecord>,
               SlabOf<Root>, SlabOf<DmaSpace>>
        object_slabs;
    SlabOf<DmaSpace::Pin> pin_slab;
    SlabOf<Mapping> mapping_slab;
    SlabOf<NotificationTimer> timer_slab;

    Hart harts[max_harts]{};
    std::uint64_t hart_count = 0;
    std::uint64_t idle_harts = 0;  // a bit for each that sleeps for want of work
    bool is_idle(Hart const& hart) const { return (idle_harts & hart.bit) != 0; }
    arch::PageTable* kernel_table = nullptr;  // maps the kernel alone: what idle harts use
    std::uint64_t timebase_hz = 0;
    bool has_sstc = false;
    std::uint64_t kernel_bytes = 0;
    std::uint64_t ram_begin = 0;  // physical addresses
    std::uint64_t ram_end = 0;
    std::uint64_t plic_begin = 0;
    std::uint64_t plic_end = 0;
    Ticks boot_ticks = 0;
    std::uint64_t processes_made = 0;
    PhysAddr test_device{};  // ends an emulator with a status; of no value: there is none

    std::uint64_t kernel_satp() const
    {
        return arch::Satp::sv39 | physical(kernel_table).value / page_size;
    }

    // Whether any of the range is memory or the interrupt controller: nothing for a driver.
    bool is_reserved(PhysAddr base, std::uint64_t bytes) const
    {
        std::uint64_t const end = base.value + bytes;
        return (base.value < ram_end && end > ram_begin) ||
               (base.value < plic_end && end > plic_begin);
    }
    // 1 ms: nobody can keep a hart busy with timers alone.
    Ticks shortest_period() const { return timebase_hz / 1'000; }
    bool is_memory(PhysAddr address) const
    {
        return address.value >= ram_begin && address.value < ram_end;
    }
};

extern Kernel system;

// The slab of each type of object.
template <KernelObject T>
Slab& slab_for()
{
    return std::get<SlabOf<T>>(system.object_slabs);
}

// A new object that `payer` pays for. Errors: no_memory
template <KernelObject T, class... Arguments>
Result<T*> make(Process& payer, Arguments&&... arguments)
{
    void* const room = TRY(payer.allocate(slab_for<T>()));
    payer.add_reference();
    return new (room) T{std::forward<Arguments>(arguments)...};
}

// A handle to an object in a process's capability space. Errors: no_handles
template <KernelObject T>
Result<HandleValue> install(Process& process, T& object, Rights rights = abi::all_rights)
{
    return process.caps.install(object, rights, T::rights);
}

// A new object, for which `payer` pays, and a handle to it in the process's capability space.
// Errors: no_memory, no_handles
template <KernelObject T, class... Arguments>
Result<HandleValue> make_handle_for(Process& process, Process& payer, Arguments&&... arguments)
{
    if (!process.caps.has_room_for(1))
        return fail(Status::no_handles);
    T* const object = TRY(make<T>(payer, std::forward<Arguments>(arguments)...));
    return install(process, *object);
}

// The same where it is the payer who gets the handle.
template <KernelObject T, class... Arguments>
Result<HandleValue> make_handle(Process& payer, Arguments&&... arguments)
{
    return make_handle_for<T>(payer, payer, std::forward<Arguments>(arguments)...);
}

}  // namespace kernel
