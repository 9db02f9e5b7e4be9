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

void AddressSpace::add(Mapping& mapping)
{
    mappings_.insert(mapping);
    Guard const guard{mapping.memory->lock};
    mapping.memory->mappings.push_back(mapping);
}

Result<VirtAddr> AddressSpace::map(Request const& request)
{
    Guard const guard{lock_};
    VirtAddr address = request.address;
    if (address == 0)
        address = TRY(find_room(request.pages));
    else if (first_overlap(address, address + request.pages * page_size) != nullptr)
        return fail(Status::bad_argument);

    auto* const room = TRY(owner_.allocate(system.mapping_slab));
    add(*new (room) Mapping{.space = this,
                            .start = address,
                            .pages = request.pages,
                            .memory = Reference{&request.memory},
                            .first_page = request.first_page,
                            .permitted = request.permitted,
                            .ceiling = request.ceiling,
                            .is_shared = request.is_shared,
                            .link = {},
                            .memory_link = {}});
    return address;
}

// Makes a mapping end at `at` and another begin there.
Result<Mapping*> AddressSpace::divide(Mapping& mapping, VirtAddr at)
{
    std::uint64_t const kept = (at - mapping.start) / page_size;
    auto* const room = TRY(owner_.allocate(system.mapping_slab));
    auto* const second = new (room) Mapping{.space = this,
                                            .start = at,
                                            .pages = mapping.pages - kept,
                                            .memory = Reference{mapping.memory.get()},
                                            .first_page = mapping.first_page + kept,
                                            .permitted = mapping.permitted,
                                            .ceiling = mapping.ceiling,
                                            .is_shared = mapping.is_shared,
                                            .link = {},
                                            .memory_link = {}};
    Guard const guard{mapping.memory->lock};
    mapping.pages = kept;
    mappings_.insert(*second);
    mapping.memory->mappings.push_back(*second);
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
    {
        Guard const guard{mapping.memory->lock};
        mapping.memory->mappings.remove(mapping);
    }
    mapping.~Mapping();
    owner_.free(system.mapping_slab, &mapping);
}

// The mapping begins at `end` now, or is no more.
void AddressSpace::forget_until(Mapping& mapping, VirtAddr end)
{
    if (end >= mapping.end())
        return forget(mapping);
    Guard const guard{mapping.memory->lock};
    std::uint64_t const gone = (end - mapping.start) / page_size;
    mapping.start = end;  // keeps its place in the tree
    mapping.first_page += gone;
    mapping.pages -= gone;
}

Result<VirtAddr> AddressSpace::unmap_some(VirtAddr begin, VirtAddr end)
{
    Guard const guard{lock_};
    TRY(isolate(begin, end));
    Mapping* const mapping = first_overlap(begin, end);
    if (mapping == nullptr)
        return end;
    VirtAddr const stopped = revoke_some(mapping->start, mapping->end(), Access::all);
    forget_until(*mapping, stopped);
    return stopped;
}

Result<> AddressSpace::protect(VirtAddr begin, VirtAddr end, std::uint64_t permitted)
{
    Guard const guard{lock_};
    for (VirtAddr at = begin; at < end;) {
        Mapping const* const mapping = find(at);
        if (mapping == nullptr)
            return fail(Status::bad_address);
        if ((permitted & ~mapping->ceiling) != 0)
            return fail(Status::no_right);
        at = mapping->end();
    }
    TRY(isolate(begin, end));

    // Nothing below can fail. The entries come back with the new permission at the next touch.
    for (VirtAddr at = begin; at < end;) {
        Mapping* const mapping = mappings_.at_or_before(at);
        mapping->permitted = permitted;
        at = mapping->end();
    }
    return {};
}

void AddressSpace::unmap_all()
{
    Guard const guard{lock_};
    while (Mapping* const mapping = mappings_.first())
        forget(*mapping);
}

}  // namespace kernel
