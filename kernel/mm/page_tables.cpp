// An address space: its page tables.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/instructions.hpp"
#include "kernel/arch/riscv64/sbi.hpp"
#include "kernel/kernel.hpp"
#include "kernel/mm/address_space.hpp"
#include "kernel/object/process.hpp"

namespace kernel {

using arch::PageTable;
using arch::Pte;

namespace {

std::uint64_t flags_for(std::uint64_t permitted)
{
    std::uint64_t flags = Pte::user;
    if ((permitted & Access::read) != 0 || (permitted & Access::write) != 0)
        flags |= Pte::read;
    if ((permitted & Access::write) != 0)
        flags |= Pte::write;
    if ((permitted & Access::execute) != 0)
        flags |= Pte::execute;
    return flags;
}

// Whether the memory's large page is one of the address space, too.
bool fits_large(Mapping const& mapping, VirtAddr address, Memory::Page const& page)
{
    constexpr std::uint64_t bytes = PageTable::bytes(1);
    VirtAddr const begin = round_down(address, bytes);
    return (page.frame().value - address) % bytes == 0 && begin >= mapping.start &&
           begin + bytes <= mapping.end();
}

}  // namespace

Result<> AddressSpace::create()
{
    root_ = TRY(owner_.allocate_frame());
    auto* const table = direct<PageTable>(root_);
    for (std::size_t i = PageTable::entries / 2; i < PageTable::entries; i++)
        table->entry[i] = system.kernel_table->entry[i];
    std::uint64_t const asid = system.asids.take();
    mappings_.seed(arch::Cycle::read() * 0x9e3779b97f4a7c15u);
    satp_ = arch::Satp::sv39 | asid << arch::Satp::asid_shift | root_.value / page_size;
    return {};
}

// The entry that translates an address, or the one at which its tables end.
AddressSpace::Entry AddressSpace::entry_at(VirtAddr address) const
{
    unsigned level = 2;
    Pte* entry = &direct<PageTable>(root_)->entry[PageTable::index(address, level)];
    for (Pte at = entry->load(); level > 0 && at.is_table(); at = entry->load()) {
        level--;
        entry = &direct<PageTable>(at.address())->entry[PageTable::index(address, level)];
    }
    return {entry, level};
}

// An entry of the level, with tables above it; or below, if there is a table in its place.
Result<AddressSpace::Entry> AddressSpace::entry_for(VirtAddr address, unsigned level)
{
    Entry found = entry_at(address);
    if (found.level > level && found.pte->is_valid()) {  // a large page: its parts differ now
        VirtAddr const begin = round_down(address, PageTable::bytes(found.level));
        revoke(begin, begin + PageTable::bytes(found.level), Access::all);
    }
    while (found.level > level) {
        PhysAddr const table = TRY(owner_.allocate_frame());
        system.frames.link(table, std::exchange(last_table_, table));
        found.pte->publish(Pte::make(table, 0));
        found = entry_at(address);
    }
    return found;
}

// The memory's lock is held until the entry is there, so that whoever takes access to the page back
// finds the entry. With all that it calls in place: it is what most page faults need.
[[gnu::noinline, gnu::flatten]] Result<PhysAddr>
AddressSpace::enter_page(VirtAddr address, std::uint64_t access, Entry entry)
{
    Mapping const* const mapping = find(address);
    if (mapping == nullptr || (access & ~mapping->permitted) != 0)
        return fail(Status::bad_address);
    std::uint64_t const index = mapping->first_page + (address - mapping->start) / page_size;
    Guard const guard{mapping->memory->lock};
    Memory::Page const page = TRY(mapping->memory->page(index, access));
    std::uint64_t flags = flags_for(mapping->permitted);
    if (!page.is_writable())
        flags &= ~Pte::write;
    unsigned const level = page.is_large() && fits_large(*mapping, address, page) ? 1 : 0;
    if (entry.level != level)
        entry = TRY(entry_for(address, level));
    if ((mapping->permitted & Access::execute) != 0)
        arch::synchronise_instructions();
    PhysAddr const frame = page.frame();
    PhysAddr const first{round_down(frame.value, PageTable::bytes(entry.level))};
    entry.pte->publish(Pte::leaf(first, flags));
    return frame;
}

Result<PhysAddr> AddressSpace::resolve(VirtAddr address, std::uint64_t access)
{
    if (address >= user_end)
        return fail(Status::bad_address);
    Guard const guard{lock_};
    Entry const entry = entry_at(address);
    if (entry.pte->load().allows(flags_for(access) | Pte::valid))
        return PhysAddr{entry.pte->address().value + address % PageTable::bytes(entry.level)};
    return enter_page(address, access, entry);
}

Result<AddressSpace::Pinned> AddressSpace::pin(VirtAddr address)
{
    (void)TRY(resolve(address, Access::write));
    Guard const guard{lock_};
    Mapping const* const mapping = find(address);
    if (mapping == nullptr || mapping->memory->kind == Memory::Kind::device)
        return fail(Status::bad_address);
    std::uint64_t const index = mapping->first_page + (address - mapping->start) / page_size;
    PhysAddr const frame = TRY(mapping->memory->pin(index));
    return Pinned{Reference{mapping->memory.get()}, frame};
}

Memory::Question AddressSpace::question_about(VirtAddr address)
{
    Guard const guard{lock_};
    Mapping const* const mapping = find(address);
    if (mapping == nullptr)
        return {};
    return mapping->memory->question_about(mapping->first_page +
                                           (address - mapping->start) / page_size);
}

VirtAddr AddressSpace::revoke_some(VirtAddr begin, VirtAddr end, std::uint64_t access)
{
    constexpr unsigned most_entries = 64;
    std::uint64_t const kept = access == Access::all ? 0 : ~Pte::write;
    VirtAddr first = end;  // of what has to be flushed
    VirtAddr at = begin;
    unsigned left = most_entries;
    Entry entry = entry_at(at);
    do {
        std::uint64_t const bytes = PageTable::bytes(entry.level);
        if (entry.pte->load().is_valid()) {
            entry.pte->keep(kept);
            first = std::min(first, round_down(at, bytes));
        }
        at = round_down(at, bytes) + bytes;
        bool const is_next = entry.level == 0 && PageTable::index(at, 0) != 0;
        entry = is_next ? Entry{entry.pte + 1, 0} : entry_at(at);
    } while (at < end && --left != 0);
    if (first < at)
        flush(first, at);
    return std::min(at, end);
}

void AddressSpace::revoke(VirtAddr begin, VirtAddr end, std::uint64_t access)
{
    while (begin < end)
        begin = revoke_some(begin, end, access);
}

// No hart translates the range by an old entry afterwards.
void AddressSpace::flush(VirtAddr begin, VirtAddr end)
{
    std::atomic_thread_fence(std::memory_order_seq_cst);  // entries first: pairs with visit()
    std::uint64_t const asid = (satp_ & arch::Satp::asid_mask) >> arch::Satp::asid_shift;
    std::uint64_t const harts = asid == 0 ? ~0ull : visited.load(std::memory_order_relaxed);
    Hart const& self = this_hart();
    if ((harts & self.bit) != 0) {
        if (end - begin <= 8 * page_size)
            for (VirtAddr at = begin; at < end; at += page_size)
                arch::flush_page(at, asid);
        else
            arch::flush_space(asid);
    }
    for (Hart const& hart : system.harts)
        if (hart.online && &hart != &self && (harts & hart.bit) != 0)
            arch::sbi::remote_fence(hart.id, begin, end - begin, asid);
}

bool AddressSpace::empty_some()
{
    Guard const guard{lock_};
    if (last_table_) {
        std::fill_n(direct<PageTable>(root_)->entry, PageTable::entries / 2, Pte{});
        flush(0, user_end);
    }
    for (int left = 16; left != 0; left--) {
        if (last_table_)
            owner_.drop_frame(std::exchange(last_table_, system.frames.unlink(last_table_)));
        else if (Mapping* const mapping = mappings_.first())
            forget(*mapping);
        else
            return true;
    }
    return false;
}

bool AddressSpace::release_some()
{
    if (!root_ || !empty_some())
        return !root_;
    owner_.drop_frame(root_);
    root_ = {};
    system.asids.give_back((satp_ & arch::Satp::asid_mask) >> arch::Satp::asid_shift);
    return true;
}

}  // namespace kernel
