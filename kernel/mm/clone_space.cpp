// A clone of an address space: shared mappings are shared, all others get memory of their own,
// whose pages are copied when somebody writes to them.
#include "kernel/kernel.hpp"
#include "kernel/mm/address_space.hpp"
#include "kernel/object/process.hpp"

namespace kernel {

namespace {

// What is cloned: a memory whose pages have slots, unless it was mapped to be shared.
bool is_cloned(Mapping const& mapping) { return !mapping.is_shared && mapping.memory->has_slots(); }

Result<Memory*> empty_clone(Mapping const& mapping, Process& payer)
{
    Memory* const clone = TRY(make<Memory>(payer, payer, Memory::Kind::sparse, mapping.pages));
    clone->set_source_of(*mapping.memory, mapping.first_page);
    return clone;
}

}  // namespace

// The mapping in the target that stands for this one. If cloning it has begun, it is there.
Result<Mapping*> AddressSpace::clone_of(Mapping const& mapping, AddressSpace& target,
                                        bool is_begun) const
{
    if (is_begun) {
        Mapping* const begun = target.mappings_.at_or_before(mapping.start);
        bool const is_sound = begun != nullptr && begun->start == mapping.start &&
                              begun->pages == mapping.pages && begun->memory->has_slots() &&
                              begun->memory->payer() == &target.owner_;
        if (!is_sound)
            return fail(Status::bad_argument);
        return begun;
    }
    bool const own = is_cloned(mapping);
    Reference<Memory> const memory{own ? TRY(empty_clone(mapping, target.owner_))
                                       : mapping.memory.get()};
    TRY(target.map({.address = mapping.start,
                    .memory = *memory,
                    .first_page = own ? 0 : mapping.first_page,
                    .pages = mapping.pages,
                    .permitted = mapping.permitted,
                    .ceiling = mapping.ceiling,
                    .is_shared = mapping.is_shared}));
    return target.mappings_.at_or_before(mapping.start);
}

Result<AddressSpace::Progress> AddressSpace::clone_some(AddressSpace& target, Progress from)
{
    Mapping const* const mapping = first_overlap(from.at, user_end);
    if (mapping == nullptr)
        return Progress{user_end, 0};
    bool const is_begun = from.page != 0 && mapping->start == from.at;
    Mapping const& clone = *TRY(clone_of(*mapping, target, is_begun));
    std::uint64_t const done = is_begun ? std::min(from.page, mapping->pages) : 0;
    std::uint64_t const end = mapping->first_page + mapping->pages;
    std::uint64_t stopped = end;
    if (is_cloned(*mapping))
        stopped = TRY(mapping->memory->clone_some(*clone.memory, clone.first_page + done,
                                                  mapping->first_page + done, end));
    if (stopped == end)
        return Progress{mapping->end(), 0};
    return Progress{mapping->start, stopped - mapping->first_page};
}

}  // namespace kernel
