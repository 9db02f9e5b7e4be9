// System calls about memory.
#include "kernel/syscall/table.hpp"

namespace kernel::syscall {

namespace {

constexpr unsigned largest_contiguous = 13;  // 32 MiB, the most that is zeroed at once

// The rights to kinds of access are the same bits, a few places up.
constexpr unsigned right_shift = 3;
static_assert(Access::read << right_shift == std::to_underlying(Right::read));
static_assert(Access::write << right_shift == std::to_underlying(Right::write));
static_assert(Access::execute << right_shift == std::to_underlying(Right::execute));

std::uint64_t ceiling_of(Rights rights) { return rights >> right_shift & Access::all; }

// Nothing, readable, readable and writable, or readable and executable.
bool is_protection(std::uint64_t access)
{
    return access == 0 || access == Access::read || access == (Access::read | Access::write) ||
           access == (Access::read | Access::execute);
}

Result<> check(MapRequest const& request)
{
    Memory const& memory = request.memory;
    std::uint64_t const pages = request.pages;
    if (!is_protection(request.permitted))
        return fail(Status::bad_argument);
    if ((request.permitted & ~request.ceiling) != 0)
        return fail(Status::no_right);
    if (pages == 0 || pages > memory.pages || request.first_page > memory.pages - pages)
        return fail(Status::out_of_range);
    if (request.address != 0 && !is_user_range(request.address, pages))
        return fail(Status::bad_argument);
    return {};
}

// Memory that somebody else pays for may turn out unpaid when it is touched, which would be the end
// of who touches it. So its pages are brought in while that can be refused. False if the rest comes
// later.
[[gnu::noinline]] Result<bool> bring_in(Context& context, MapRequest const& request)
{
    constexpr std::uint64_t most_pages = 4096;
    Memory& memory = request.memory;
    if (memory.kind != Memory::Kind::sparse || memory.has_source())
        return true;
    if (request.pages > most_pages)
        return fail(Status::too_large);
    return context.go_through(6, request.pages, [&](std::uint64_t at) -> Result<std::uint64_t> {
        Guard const guard{memory.lock};
        (void)TRY(memory.page(request.first_page + at, Access::read));
        return at + 1;
    });
}

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
    MapRequest const request{.address = context.argument(2),
                             .memory = *found.object,
                             .first_page = context.argument(3),
                             .pages = context.argument(4),
                             .permitted = context.argument(5) & ~abi::map_shared,
                             .ceiling = ceiling_of(found.rights),
                             .is_shared = (context.argument(5) & abi::map_shared) != 0};
    TRY(check(request));
    if (process == &context.process && request.memory.payer() != process) [[unlikely]]
        if (!TRY(bring_in(context, request)))
            return 0;
    return process->space.map(request);
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
