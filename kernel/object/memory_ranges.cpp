// Memory: what is done with many pages, a few at a time.
#include "kernel/kernel.hpp"
#include "kernel/object/memory.hpp"

namespace kernel {

// Calls change(slot, page) for pages that are there, after the access to them has been taken back.
// It returns how many more pages may follow at once.
template <class Change>
Result<std::uint64_t> Memory::each_present(std::uint64_t index, std::uint64_t end,
                                           std::uint64_t access, Change const& change)
{
    index = map_.next_present(index, most_pages);
    if (index >= end)
        return end;
    std::uint64_t const stop = std::min(end, index + most_pages);
    if (access != 0)
        revoke(index, stop, access);
    for (; index < stop; index = map_.next_present(index + 1, stop - index - 1)) {
        PageSlot* const slot = map_.find(index);
        if (slot == nullptr || slot->is_empty())
            continue;
        bool const copied = TRY(change(*slot, index));
        if (copied && arch::is_interrupt_pending())
            return index + 1;
    }
    return index;
}

// True if it had to copy. The clone pays for the page as if it were its own: later it will be.
Result<bool> Memory::clone_page(PageSlot& slot, std::uint64_t index)
{
    PageSlot& copy = *TRY(slot_for(index));
    if (!copy.is_empty())
        return fail(Status::bad_argument);
    TRY(payer()->charge(page_size));
    if (!slot.has(PageSlot::pinned)) {
        slot.bits |= PageSlot::copied;
        system.frames.share(slot.frame());
        copy = PageSlot::make(slot.frame(), PageSlot::copied);
        return false;
    }
    auto const frame = this_hart().frames.take(system.frames);
    if (!frame) {
        payer()->refund(page_size);
        return fail(frame.error());
    }
    copy_frame(*frame, slot.frame());
    copy = PageSlot::make(*frame);
    return true;
}

Result<std::uint64_t> Memory::clone_some(Memory& target, std::uint64_t target_page,
                                         std::uint64_t index, std::uint64_t end)
{
    if (kind == Kind::paged)
        return end;  // the target has this for its source
    Guard const target_guard{target.lock};
    Guard const guard{lock};
    std::uint64_t const offset = target_page - index;
    return each_present(index, end, Access::write, [&](PageSlot& slot, std::uint64_t page) {
        return target.clone_page(slot, page + offset);
    });
}

Result<std::uint64_t> Memory::discard_some(std::uint64_t index, std::uint64_t end)
{
    Guard const guard{lock};
    return each_present(index, end, Access::all, [this](PageSlot& slot, std::uint64_t) {
        if (!slot.has(PageSlot::pinned))
            drop(slot);
        return Result<bool>{false};
    });
}

Result<std::uint64_t> Memory::allow_writes_some(std::uint64_t index, std::uint64_t end,
                                                bool allowed)
{
    Guard const guard{lock};
    std::uint64_t const access = allowed ? 0 : Access::write;
    return each_present(index, end, access, [allowed](PageSlot& slot, std::uint64_t) {
        slot.bits = allowed ? slot.bits & ~PageSlot::clean : slot.bits | PageSlot::clean;
        return Result<bool>{false};
    });
}

// Takes a page out of this memory, or shares it: the frame with a holder more than before.
Result<PhysAddr> Memory::give_page(std::uint64_t index, Supply how)
{
    Guard const guard{lock};
    (void)TRY(page(index, Access::read));
    PageSlot& slot = *map_.find(index);
    if (how == Supply::move && slot.has(PageSlot::pinned))
        return fail(Status::busy);
    if (slot.has(PageSlot::copied))
        TRY(copy_if_shared(slot, index));
    PhysAddr const frame = slot.frame();
    system.frames.share(frame);
    if (how == Supply::share) {
        slot.bits |= PageSlot::pinned;  // a clone must not take the frame over
    } else {
        revoke(index, index + 1, Access::all);
        drop(slot);
    }
    return frame;
}

Result<> Memory::supply(std::uint64_t index, Memory& from, std::uint64_t from_index, Supply how,
                        bool is_writable)
{
    if (kind != Kind::paged || &from == this || !from.has_slots())
        return fail(Status::bad_argument);
    if (index >= pages)
        return fail(Status::out_of_range);
    {
        Guard const guard{lock};
        if (!TRY(slot_for(index))->is_empty())
            return fail(Status::already_exists);
        TRY(payer()->charge(page_size));
    }
    auto const frame = from.give_page(from_index, how);
    if (!frame) {
        payer()->refund(page_size);
        return fail(frame.error());
    }
    Guard const guard{lock};
    *map_.find(index) = PageSlot::make(*frame, is_writable ? 0 : PageSlot::clean);
    return {};
}

}  // namespace kernel
