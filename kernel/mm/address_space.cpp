// An address space: the mappings.
#include "kernel/mm/address_space.hpp"
#include "kernel/kernel.hpp"
#include "kernel/object/process.hpp"

namespace kernel {

Mapping::Mapping(AddressSpace& space, VirtAddr start, MapRequest const& request,
                 Reference<Memory> memory)
    : space{&space}, start{start}, pages{request.pages}, memory{std::move(memory)},
      first_page{request.first_page}, permitted{request.permitted}, ceiling{request.ceiling},
      is_shared{request.is_shared}
{
}

Mapping::~Mapping() = default;

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
    Mapping* const next = before != nullptr ? mappings_.next(*before) : mappings_.first();
    return next != nullptr && next->start < end ? next : nullptr;
}

// 0: none.
VirtAddr AddressSpace::room_after(VirtAddr from, std::uint64_t bytes) const
{
    while (from + bytes <= user_end) {
        Mapping const* const obstacle = first_overlap(from, from + bytes);
        if (obstacle == nullptr)
            return from;
        from = obstacle->end();
    }
    return 0;
}

// First fit from where the last search ended, with an unmapped page around each mapping, so that
// running off one of them is a fault. Now and then from the start: page tables are kept for what
// comes to the same place, so there must not be ever new places.
Result<VirtAddr> AddressSpace::find_room(std::uint64_t pages)
{
    constexpr std::uint64_t most_before_restart = 16 << 20;
    std::uint64_t const bytes = (pages + 2) * page_size;
    VirtAddr found = found_bytes_ < most_before_restart ? room_after(next_free_, bytes) : 0;
    if (found == 0) {
        found_bytes_ = 0;
        found = room_after(user_free_begin, bytes);
    }
    found_bytes_ += bytes;
    if (found == 0)
        return fail(Status::bad_argument);
    next_free_ = found + bytes - page_size;
    return found + page_size;
}

void AddressSpace::add(Mapping& mapping)
{
    mappings_.insert(mapping);
    Guard const guard{mapping.memory->lock};
    mapping.memory->mappings.push_back(mapping);
}

Result<Mapping*> AddressSpace::make_mapping(VirtAddr start, MapRequest const& request)
{
    if (!request.memory.try_reference())
        return fail(Status::bad_handle);
    auto memory = Reference<Memory>::adopt(request.memory);
    auto* const room = TRY(owner_.allocate(system.mapping_slab));
    return new (room) Mapping{*this, start, request, std::move(memory)};
}

Result<Mapping*> AddressSpace::place(MapRequest const& request)
{
    VirtAddr address = request.address;
    if (address == 0)
        address = TRY(find_room(request.pages));
    else if (first_overlap(address, address + request.pages * page_size) != nullptr)
        return fail(Status::bad_argument);

    Mapping* const mapping = TRY(make_mapping(address, request));
    add(*mapping);
    return mapping;
}

// A hot path: with all that it calls in place.
[[gnu::flatten]] Result<VirtAddr> AddressSpace::map(MapRequest const& request)
{
    Guard const guard{lock_};
    return TRY(place(request))->start;
}

// Makes a mapping end at `at` and another begin there.
Result<Mapping*> AddressSpace::divide(Mapping& mapping, VirtAddr at)
{
    std::uint64_t const kept = (at - mapping.start) / page_size;
    Mapping* const second = TRY(make_mapping(at, {.address = at,
                                                  .memory = *mapping.memory,
                                                  .first_page = mapping.first_page + kept,
                                                  .pages = mapping.pages - kept,
                                                  .permitted = mapping.permitted,
                                                  .ceiling = mapping.ceiling,
                                                  .is_shared = mapping.is_shared}));
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
    if (mapping.end() == next_free_ && mapping.start > user_free_begin)
        next_free_ = mapping.start - page_size;  // what find_room() gave last: it may again
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

// As map().
[[gnu::flatten]] Result<VirtAddr> AddressSpace::unmap_some(VirtAddr begin, VirtAddr end)
{
    Guard const guard{lock_};
    Mapping* mapping = first_overlap(begin, end);
    if (mapping == nullptr)
        return end;
    if (mapping->start < begin || mapping->end() != end) {
        TRY(isolate(begin, end));
        mapping = first_overlap(begin, end);
    }
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

}  // namespace kernel
