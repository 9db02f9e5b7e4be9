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

// The entry for a page, if all tables above it are there.
Pte* AddressSpace::present_entry(VirtAddr address) const
{
    PhysAddr table = root_;
    for (unsigned level = 2; level > 0; level--) {
        Pte const entry = direct<PageTable>(table)->entry[PageTable::index(address, level)];
        if (!entry.is_valid())
            return nullptr;
        table = entry.address();
    }
    return &direct<PageTable>(table)->entry[PageTable::index(address, 0)];
}

Result<Pte*> AddressSpace::entry_for(VirtAddr address)
{
    PhysAddr table = root_;
    for (unsigned level = 2; level > 0; level--) {
        Pte& entry = direct<PageTable>(table)->entry[PageTable::index(address, level)];
        if (!entry.is_valid())
            entry.publish(Pte::make(TRY(owner_.allocate_frame()), 0));
        table = entry.address();
    }
    return &direct<PageTable>(table)->entry[PageTable::index(address, 0)];
}

Result<PhysAddr> AddressSpace::resolve(VirtAddr address, std::uint64_t access)
{
    if (address >= user_end)
        return fail(Status::bad_address);
    std::uint64_t const wanted = flags_for(access) | Pte::valid;
    Pte* present = present_entry(address);
    if (present != nullptr && present->allows(wanted))
        return present->address();

    Mapping const* const mapping = find(address);
    if (mapping == nullptr || (access & ~mapping->permitted) != 0)
        return fail(Status::bad_address);
    std::uint64_t const page = mapping->first_page + (address - mapping->start) / page_size;
    PhysAddr const frame = TRY(mapping->memory->frame(page));
    if (present == nullptr)
        present = TRY(entry_for(address));
    if ((mapping->permitted & Access::execute) != 0)
        arch::synchronise_instructions();
    present->publish(Pte::leaf(frame, flags_for(mapping->permitted)));
    return frame;
}

void AddressSpace::clear_entries(VirtAddr begin, VirtAddr end)
{
    constexpr std::uint64_t table_span = page_size * PageTable::entries;
    for (VirtAddr at = begin; at < end;) {
        Pte* const entry = present_entry(at);
        if (entry == nullptr) {
            at = round_down(at, table_span) + table_span;
            continue;
        }
        entry->bits = 0;
        at += page_size;
    }
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

void AddressSpace::free_tables(PhysAddr table, unsigned level)
{
    std::size_t const used = level == 2 ? PageTable::entries / 2 : PageTable::entries;
    for (std::size_t i = 0; i < used && level > 0; i++) {
        Pte const entry = direct<PageTable>(table)->entry[i];
        if (entry.is_valid())
            free_tables(entry.address(), level - 1);
    }
    owner_.free_frame(table);
}

void AddressSpace::destroy()
{
    if (!root_)
        return;
    flush(0, user_end);
    free_tables(root_, 2);
    root_ = {};
    system.asids.give_back((satp_ & arch::Satp::asid_mask) >> arch::Satp::asid_shift);
}

}  // namespace kernel
