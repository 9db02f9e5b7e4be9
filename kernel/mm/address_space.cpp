// An address space: the mappings.
#include "kernel/mm/address_space.hpp"
#include "kernel/kernel.hpp"
#include "kernel/object/process.hpp"

namespace kernel {

Mapping const* AddressSpace::find(VirtAddr address) const
{
    Mapping const* const mapping = mappings_.at_or_before(address);
    return mapping != nullptr && address < mapping->end() ? mapping : nullptr;
}

Mapping* AddressSpace::first_overlap(VirtAddr begin, VirtAddr end) const
{
    Mapping* const before = mappings_.at_or_before(begin);
    if (before != nullptr && before->end() > begin)
        return before;
    Mapping* const next = mappings_.after(begin);
    return next != nullptr && next->start < end ? next : nullptr;
}

// First fit from where the last search ended, with an unmapped page around each mapping, so that
// running off one of them is a fault.
Result<VirtAddr> AddressSpace::find_room(std::uint64_t pages)
{
    std::uint64_t const bytes = (pages + 2) * page_size;
    for (VirtAddr from : {next_free_, user_free_begin}) {
        while (from + bytes <= user_end) {
            Mapping const* const obstacle = first_overlap(from, from + bytes);
            if (obstacle == nullptr) {
                next_free_ = from + bytes - page_size;
                return from + page_size;
            }
            from = obstacle->end();
        }
    }
    return fail(Status::bad_argument);
}

Result<VirtAddr> AddressSpace::map(VirtAddr address, Memory& memory, std::uint64_t first_page,
                                   std::uint64_t pages, std::uint64_t permitted,
                                   std::uint64_t ceiling)
{
    if (address == 0)
        address = TRY(find_room(pages));
    else if (first_overlap(address, address + pages * page_size) != nullptr)
        return fail(Status::bad_argument);

    auto* const room = TRY(owner_.allocate(system.mapping_slab));
    mappings_.insert(*new (room) Mapping{.start = address,
                                         .pages = pages,
                                         .memory = Reference{&memory},
                                         .first_page = first_page,
                                         .permitted = permitted,
                                         .ceiling = ceiling,
                                         .link = {}});
    return address;
}

// Makes a mapping end at `at` and another begin there.
Result<Mapping*> AddressSpace::divide(Mapping& mapping, VirtAddr at)
{
    std::uint64_t const kept = (at - mapping.start) / page_size;
    std::uint64_t const rest = mapping.pages - kept;
    auto* const room = TRY(owner_.allocate(system.mapping_slab));
    mapping.pages = kept;
    auto* const second = new (room) Mapping{.start = at,
                                            .pages = rest,
                                            .memory = Reference{mapping.memory.get()},
                                            .first_page = mapping.first_page + kept,
                                            .permitted = mapping.permitted,
                                            .ceiling = mapping.ceiling,
                                            .link = {}};
    mappings_.insert(*second);
    return second;
}

// Divides mappings so that none crosses `begin` or `end`.
Result<> AddressSpace::isolate(VirtAddr begin, VirtAddr end)
{
    for (VirtAddr at : {begin, end}) {
        Mapping* const mapping = mappings_.at_or_before(at);
        if (mapping != nullptr && mapping->start < at && mapping->end() > at)
            TRY(divide(*mapping, at));
    }
    return {};
}

void AddressSpace::forget(Mapping& mapping)
{
    mappings_.remove(mapping);
    mapping.~Mapping();
    owner_.free(system.mapping_slab, &mapping);
}

Result<> AddressSpace::unmap(VirtAddr address, std::uint64_t pages)
{
    VirtAddr const end = address + pages * page_size;
    TRY(isolate(address, end));
    clear_entries(address, end);
    flush(address, end);
    while (Mapping* const mapping = first_overlap(address, end))
        forget(*mapping);
    return {};
}

Result<> AddressSpace::protect(VirtAddr address, std::uint64_t pages, std::uint64_t permitted)
{
    VirtAddr const end = address + pages * page_size;
    for (VirtAddr at = address; at < end;) {
        Mapping const* const mapping = find(at);
        if (mapping == nullptr)
            return fail(Status::bad_address);
        if ((permitted & ~mapping->ceiling) != 0)
            return fail(Status::no_right);
        at = mapping->end();
    }
    TRY(isolate(address, end));

    // Nothing below can fail. The entries come back with the new permission at the next touch.
    for (VirtAddr at = address; at < end;) {
        Mapping* const mapping = mappings_.at_or_before(at);
        mapping->permitted = permitted;
        at = mapping->end();
    }
    clear_entries(address, end);
    flush(address, end);
    return {};
}

void AddressSpace::unmap_all()
{
    while (Mapping* const mapping = mappings_.first())
        forget(*mapping);
}

}  // namespace kernel
