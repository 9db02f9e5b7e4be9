// System calls about memory.
#include "kernel/syscall/table.hpp"

namespace kernel::syscall {

namespace {

constexpr unsigned largest_contiguous = 13;  // 32 MiB, the most that is zeroed at once

constexpr Rights right_for(std::uint64_t access)
{
    Rights rights = 0;
    if ((access & Access::read) != 0)
        rights |= std::to_underlying(Right::read);
    if ((access & Access::write) != 0)
        rights |= std::to_underlying(Right::write);
    if ((access & Access::execute) != 0)
        rights |= std::to_underlying(Right::execute);
    return rights;
}

// Nothing, readable, readable and writable, or readable and executable.
bool is_protection(std::uint64_t access)
{
    return access == 0 || access == Access::read || access == (Access::read | Access::write) ||
           access == (Access::read | Access::execute);
}

std::uint64_t ceiling_of(Rights rights)
{
    std::uint64_t access = 0;
    for (std::uint64_t bit : {Access::read, Access::write, Access::execute})
        if ((right_for(bit) & rights) != 0)
            access |= bit;
    return access;
}

// Memory that somebody else pays for may turn out unpaid when it is touched, which would be the end
// of who touches it. So its pages are brought in while that can be refused. Says how many are.
Result<std::uint64_t> bring_in(Memory& memory, std::uint64_t first_page, std::uint64_t pages,
                               std::uint64_t done)
{
    constexpr std::uint64_t most_pages = 4096;
    if (memory.kind != Memory::Kind::sparse || memory.has_source())
        return pages;
    if (pages > most_pages)
        return fail(Status::too_large);
    while (done < pages) {
        Guard const guard{memory.lock};
        (void)TRY(memory.page(first_page + done++, Access::read));
        if (arch::is_interrupt_pending())
            break;
    }
    return done;
}

}  // namespace

namespace {

Value create_contiguous(Process& process, std::uint64_t pages)
{
    if (!process.caps.has_room_for(1))
        return fail(Status::no_handles);
    unsigned const order = FrameAllocator::order_for(pages);
    if (order > largest_contiguous)
        return fail(Status::too_large);
    TRY(process.charge(page_size << order));
    auto const base = system.frames.allocate_zeroed(order);
    auto const handle =
        base ? make_handle<Memory>(process, process, Memory::Kind::block, pages, *base)
             : Result<HandleValue>{fail(Status::no_memory)};
    if (!handle) {
        if (base)
            system.frames.free(*base, order);
        process.refund(page_size << order);
    }
    return handle;
}

Value create_paged(Context const& context, std::uint64_t pages)
{
    Process& process = context.process;
    Endpoint* const pager = TRY(context.lookup<Endpoint>(2, Right::call));
    if (!process.caps.has_room_for(1))
        return fail(Status::no_handles);
    Memory* const memory = TRY(make<Memory>(process, process, Memory::Kind::paged, pages));
    memory->set_pager(*pager);
    return install(process, *memory);
}

}  // namespace

namespace {

// A caller that pays lends as much as the memory can come to need.
Value create_anonymous(Context& context, std::uint64_t pages)
{
    std::uint64_t const tables = 2 + pages / arch::PageTable::entries;
    Process& payer =
        *TRY(context.payer(slab_for<Memory>().charge_bytes() + (pages + tables) * page_size));
    return make_handle_for<Memory>(context.process, payer, payer, Memory::Kind::sparse, pages);
}

}  // namespace

Value memory_create(Context& context)
{
    Process& process = context.process;
    std::uint64_t const pages = context.argument(1);
    if (pages == 0 || pages > Memory::max_pages)
        return fail(Status::bad_argument);
    switch (abi::MemoryKind{context.argument(0)}) {
    case abi::MemoryKind::anonymous:
        return create_anonymous(context, pages);
    case abi::MemoryKind::contiguous:
        return create_contiguous(process, pages);
    case abi::MemoryKind::paged:
        return create_paged(context, pages);
    }
    return fail(Status::bad_argument);
}

Value map(Context& context)
{
    Process* const process = TRY(context.lookup_process(0, Right::manage));
    auto const found = TRY(context.process.caps.look_up<Memory>(context.handle(1), Right::read));
    if (!found.object->try_reference())
        return fail(Status::bad_handle);
    auto const memory = Reference<Memory>::adopt(*found.object);
    Rights const rights = found.rights;
    VirtAddr const address = context.argument(2);
    std::uint64_t const first_page = context.argument(3);
    std::uint64_t const pages = context.argument(4);
    std::uint64_t const access = context.argument(5) & ~abi::map_shared;
    if (!is_protection(access))
        return fail(Status::bad_argument);
    if ((right_for(access) & ~rights) != 0)
        return fail(Status::no_right);
    if (pages == 0 || pages > memory->pages || first_page > memory->pages - pages)
        return fail(Status::out_of_range);
    if (address != 0 && !is_user_range(address, pages))
        return fail(Status::bad_argument);
    if (process == &context.process && memory->payer() != process) {
        bool const is_in = TRY(context.go_through(6, pages, [&](std::uint64_t done) {
            return bring_in(*memory, first_page, pages, done);
        }));
        if (!is_in)
            return 0;
    }
    return process->space.map({.address = address,
                               .memory = *memory,
                               .first_page = first_page,
                               .pages = pages,
                               .permitted = access,
                               .ceiling = ceiling_of(rights),
                               .is_shared = access != context.argument(5)});
}

Value unmap(Context& context)
{
    AddressSpace& space = TRY(context.lookup_process(0, Right::manage))->space;
    VirtAddr const begin = context.argument(1);
    std::uint64_t const pages = context.argument(2);
    if (!is_user_range(begin, pages))
        return fail(Status::bad_argument);
    VirtAddr const end = begin + pages * page_size;
    for (VirtAddr at = begin; at < end;) {
        at = TRY(space.unmap_some(at, end));
        if (at < end && arch::is_interrupt_pending()) {
            context.thread.x[reg::a2] = (end - at) / page_size;
            context.go_on_later(1, at);
            break;
        }
    }
    return 0;
}

Value protect(Context& context)
{
    AddressSpace& space = TRY(context.lookup_process(0, Right::manage))->space;
    VirtAddr const begin = context.argument(1);
    std::uint64_t const pages = context.argument(2);
    if (!is_user_range(begin, pages) || !is_protection(context.argument(3)))
        return fail(Status::bad_argument);
    VirtAddr const end = begin + pages * page_size;
    TRY(space.protect(begin, end, context.argument(3)));
    space.revoke(begin, end, Access::all);
    return 0;
}

Value memory_dma_address(Context& context)
{
    DmaSpace* const space = TRY(context.lookup<DmaSpace>(0, Right::dma));
    Memory* const memory = TRY(context.lookup<Memory>(1, Right::dma));
    if (memory->kind == Memory::Kind::device)
        return fail(Status::bad_argument);
    return space->address(*memory, context.argument(2));
}

Value memory_size(Context& context) { return TRY(context.lookup<Memory>(0, Right::read))->pages; }

}  // namespace kernel::syscall
