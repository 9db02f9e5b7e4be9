// A clone of an address space: shared mappings are shared, all others get memory of their own,
// whose pages are copied when somebody writes to them.
#include "kernel/kernel.hpp"
#include "kernel/mm/address_space.hpp"
#include "kernel/object/process.hpp"

namespace kernel {

namespace {

// What is cloned: a memory whose pages have slots, unless it was mapped to be shared.
bool is_cloned(Mapping const& mapping) { return !mapping.is_shared && mapping.memory->has_slots(); }

Result<Memory*> empty_clone(MapRequest const& request, Process& payer)
{
    Memory* const clone = TRY(make<Memory>(payer, payer, Memory::Kind::sparse, request.pages));
    clone->set_source_of(request.memory, request.first_page);
    return clone;
}

}  // namespace

// The mapping in the target that stands for this one from `at` on.
Result<Mapping*> AddressSpace::begin_clone(Mapping const& mapping, VirtAddr at,
                                           AddressSpace& target)
{
    std::uint64_t const skipped = (at - mapping.start) / page_size;
    MapRequest const request{.address = at,
                             .memory = *mapping.memory,
                             .first_page = mapping.first_page + skipped,
                             .pages = mapping.pages - skipped,
                             .permitted = mapping.permitted,
                             .ceiling = mapping.ceiling,
                             .is_shared = mapping.is_shared};
    if (!is_cloned(mapping))
        return target.place(request);
    Reference<Memory> const clone{TRY(empty_clone(request, target.owner_))};
    return target.place({.address = at,
                         .memory = *clone,
                         .first_page = 0,
                         .pages = request.pages,
                         .permitted = request.permitted,
                         .ceiling = request.ceiling,
                         .is_shared = request.is_shared});
}

// Others may change the mappings between two parts. So the mapping that has been begun in the
// target takes the pages that are in its place now.
Result<AddressSpace::Progress> AddressSpace::clone_some(AddressSpace& target, Progress from)
{
    Guard const guard{lock_};  // the kernel lock is held, so nobody has the target's and wants this
    Guard const target_guard{target.lock_};
    Mapping const* const mapping = first_overlap(from.at, user_end);
    if (mapping == nullptr)
        return Progress{user_end, false};
    VirtAddr const at = std::max(from.at, mapping->start);
    Mapping const* clone = from.is_begun ? target.find(at) : nullptr;
    if (clone == nullptr)
        clone = TRY(begin_clone(*mapping, at, target));
    VirtAddr const end = std::min(mapping->end(), clone->end());
    if (!is_cloned(*mapping))
        return Progress{end, end < clone->end()};
    if (clone->memory->kind != Memory::Kind::sparse || clone->memory->payer() != &target.owner_)
        return fail(Status::bad_argument);

    std::uint64_t const first = mapping->first_page + (at - mapping->start) / page_size;
    std::uint64_t const target_page = clone->first_page + (at - clone->start) / page_size;
    std::uint64_t const stopped = TRY(mapping->memory->clone_some(
        *clone->memory, target_page, first, first + (end - at) / page_size));
    VirtAddr const done = at + (stopped - first) * page_size;
    return Progress{done, done < clone->end()};
}

}  // namespace kernel
