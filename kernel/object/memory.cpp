// Memory: its pages, one at a time.
#include "kernel/object/memory.hpp"
#include "kernel/kernel.hpp"

namespace kernel {

Result<PageSlot*> Memory::slot_for(std::uint64_t index)
{
    return map_.ensure(index, [this] { return payer()->allocate_frame(); });
}

Memory::Question Memory::question_about(std::uint64_t index)
{
    if (source_)
        return source_->question_about(source_page_ + index);
    Guard const guard{lock};
    PageSlot const* const slot = map_.find(index);
    if (slot == nullptr || slot->is_empty())
        return {pager_.get(), abi::PagerWant::page, index};
    return {slot->has(PageSlot::clean) ? pager_.get() : nullptr, abi::PagerWant::write, index};
}

void Memory::set_source_of(Memory& original, std::uint64_t first_page)
{
    bool const is_paged = original.kind == Kind::paged;
    source_ = Reference{is_paged ? &original : original.source_.get()};
    source_page_ = is_paged ? first_page : original.source_page_ + first_page;
}

// An empty slot gets a frame: of zeroes, or what the source has.
Result<> Memory::bring_in(PageSlot& slot, std::uint64_t index)
{
    if (kind == Kind::paged)
        return fail(Status::lease_fault);
    if (!source_) {
        slot = PageSlot::make(TRY(payer()->allocate_frame()));
        return {};
    }
    Guard const guard{source_->lock};
    Page const page = TRY(source_->page(source_page_ + index, Access::read));
    TRY(payer()->charge(page_size));
    system.frames.share(page.frame());
    slot = PageSlot::make(page.frame(), PageSlot::copied);
    return {};
}

Result<> Memory::make_writable(PageSlot& slot, std::uint64_t index)
{
    if (slot.has(PageSlot::clean))
        return fail(Status::lease_fault);
    if (slot.has(PageSlot::copied))
        TRY(copy_if_shared(slot, index));
    return {};
}

// The frame is the memory's own afterwards.
Result<> Memory::copy_if_shared(PageSlot& slot, std::uint64_t index)
{
    PhysAddr const old = slot.frame();
    slot.bits &= ~PageSlot::copied;
    if (!system.frames.is_shared(old))
        return {};
    auto const frame = this_hart().frames.take(system.frames);  // the slot has paid for it
    if (!frame) {
        slot.bits |= PageSlot::copied;
        return fail(frame.error());
    }
    copy_frame(*frame, old);
    revoke(index, index + 1, Access::all);
    // If the others have gone meanwhile, the old one stays: the kernel may be copying from it.
    if (system.frames.drop(old))
        this_hart().frames.give(system.frames, *frame);
    else
        slot = PageSlot::make(*frame, slot.bits & PageSlot::flags);
    return {};
}

Result<Memory::Page> Memory::page(std::uint64_t index, std::uint64_t access)
{
    if (index >= pages)
        return fail(Status::out_of_range);
    if (!has_slots())
        return Page{(base_.value + index * page_size) | Page::writable | Page::large};

    PageSlot& slot = *TRY(slot_for(index));
    if (slot.is_empty())
        TRY(bring_in(slot, index));
    constexpr std::uint64_t shielded = PageSlot::copied | PageSlot::clean;
    if ((access & Access::write) != 0 && slot.has(shielded))
        TRY(make_writable(slot, index));
    return Page{slot.frame().value | (slot.has(shielded) ? 0 : Page::writable)};
}

Result<PhysAddr> Memory::pin(std::uint64_t index)
{
    Guard const guard{lock};
    Page const found = TRY(page(index, Access::write));
    if (has_slots())
        map_.find(index)->bits |= PageSlot::pinned;
    return found.frame();
}

// Takes access to pages back from all who map them, until they ask again.
void Memory::revoke(std::uint64_t first, std::uint64_t end, std::uint64_t access)
{
    for (Mapping const& at : mappings) {
        std::uint64_t const from = std::max(first, at.first_page);
        std::uint64_t const to = std::min(end, at.first_page + at.pages);
        if (from < to)
            at.space->revoke(at.start + (from - at.first_page) * page_size,
                             at.start + (to - at.first_page) * page_size, access);
    }
}

void Memory::drop(PageSlot& slot)
{
    payer()->drop_frame(slot.frame());
    slot = {};
}

bool Memory::release_some()
{
    if (kind == Kind::block && released_ == 0) {
        system.frames.free(base_, FrameAllocator::order_for(pages));
        payer()->refund(page_size << FrameAllocator::order_for(pages));
    }
    if (!has_slots())
        return true;
    std::uint64_t left = most_pages;
    for (; left != 0 && released_ < pages; left--) {
        released_ = map_.next_present(released_, most_pages);
        PageSlot* const slot = released_ < pages ? map_.find(released_) : nullptr;
        if (slot != nullptr && !slot->is_empty())
            drop(*slot);
    }
    for (; left != 0; left--) {
        PhysAddr const table = map_.take_table();
        if (!table)
            return true;
        payer()->drop_frame(table);
    }
    return false;
}

}  // namespace kernel
