// System calls about the pages of memory: clones, and what a pager does.
#include "kernel/syscall/table.hpp"

namespace kernel::syscall {

namespace {

// The range that arguments 1 and 2 say: a page and how many. Errors: bad_argument, out_of_range
Result<> check_range(Context const& context, Memory const& memory)
{
    std::uint64_t const first = context.argument(1);
    std::uint64_t const pages = context.argument(2);
    if (!memory.has_slots() || pages == 0)
        return fail(Status::bad_argument);
    if (pages > memory.pages || first > memory.pages - pages)
        return fail(Status::out_of_range);
    return {};
}

}  // namespace

// Argument 3: the clone, once it has been made; argument 4: pages that are done.
Value memory_clone(Context& context)
{
    Memory* const memory = TRY(context.lookup<Memory>(0, Right::read));
    TRY(check_range(context, *memory));
    Process& process = context.process;
    std::uint64_t const first = context.argument(1);
    std::uint64_t const pages = context.argument(2);
    if (context.handle(3) == 0) {
        context.thread.x[reg::a3] =
            TRY(make_handle<Memory>(process, process, Memory::Kind::sparse, pages));
        context.thread.x[reg::a4] = 0;
        TRY(context.lookup<Memory>(3, Right::manage))->set_source_of(*memory, first);
    }
    Memory* const clone = TRY(context.lookup<Memory>(3, Right::manage));
    if (clone->payer() != &process || clone->pages != pages || clone == memory ||
        clone->kind != Memory::Kind::sparse)
        return fail(Status::bad_argument);
    auto const clone_from = [&](std::uint64_t at) -> Result<std::uint64_t> {
        return TRY(memory->clone_some(*clone, at, first + at, first + pages)) - first;
    };
    auto const done = context.go_through(4, pages, clone_from);
    if (!done) {
        process.caps.clear(**process.caps.find(context.handle(3)));
        context.thread.x[reg::a3] = 0;
        return fail(done.error());
    }
    return context.handle(3);
}

// Arguments 2 and 3: where to go on, and whether the mapping there has been begun.
Value space_clone(Context& context)
{
    Process* const source = TRY(context.lookup_process(0, Right::manage));
    Process* const target = TRY(context.lookup_process(1, Right::manage));
    if (source == target || context.argument(2) % page_size != 0)
        return fail(Status::bad_argument);
    AddressSpace::Progress at{context.argument(2), context.argument(3) != 0};
    while (at.at < user_end) {
        context.thread.x[reg::a2] = at.at;  // where it is tried again if there is memory later
        context.thread.x[reg::a3] = 1;
        at = TRY(source->space.clone_some(target->space, at));
        if (at.at < user_end && arch::is_interrupt_pending()) {
            context.thread.x[reg::a3] = at.is_begun ? 1 : 0;
            context.go_on_later(2, at.at);
            break;
        }
    }
    return 0;
}

Value memory_supply(Context& context)
{
    Memory* const target = TRY(context.lookup<Memory>(0, Right::manage));
    Memory* const source = TRY(context.lookup<Memory>(2, Right::manage));
    std::uint64_t const pages = context.argument(4);
    std::uint64_t const flags = context.argument(5);
    if (pages == 0 || (flags & ~(abi::supply_moved | abi::supply_writable)) != 0)
        return fail(Status::bad_argument);
    constexpr std::uint64_t most_pages = 64;
    if (pages > most_pages)
        return fail(Status::too_large);
    auto const how =
        (flags & abi::supply_moved) != 0 ? Memory::Supply::move : Memory::Supply::share;
    while (context.argument(4) != 0) {
        TRY(target->supply(context.argument(1), *source, context.argument(3), how,
                           (flags & abi::supply_writable) != 0));
        context.thread.x[reg::a1]++;  // done, if this is tried again when there is more memory
        context.thread.x[reg::a3]++;
        context.thread.x[reg::a4]--;
    }
    return 0;
}

Value memory_discard(Context& context)
{
    Memory* const memory = TRY(context.lookup<Memory>(0, Right::manage));
    TRY(check_range(context, *memory));
    std::uint64_t const end = context.argument(1) + context.argument(2);
    TRY(context.go_through(3, end, [&](std::uint64_t at) {
        return memory->discard_some(std::max(at, context.argument(1)), end);
    }));
    return 0;
}

// Argument 3: 0 if the next write to each of the pages is to ask the pager first.
Value memory_allow_writes(Context& context)
{
    Memory* const memory = TRY(context.lookup<Memory>(0, Right::manage));
    TRY(check_range(context, *memory));
    bool const allowed = context.argument(3) != 0;
    if (memory->kind != Memory::Kind::paged)
        return fail(Status::bad_argument);
    std::uint64_t const end = context.argument(1) + context.argument(2);
    TRY(context.go_through(4, end, [&](std::uint64_t at) {
        return memory->allow_writes_some(std::max(at, context.argument(1)), end, allowed);
    }));
    return 0;
}

}  // namespace kernel::syscall
