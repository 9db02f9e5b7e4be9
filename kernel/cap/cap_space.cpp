// A process's capability space.
#include "kernel/cap/cap_space.hpp"
#include <algorithm>

namespace kernel {

namespace {

// Release: pairs with the fence between the two loads of the fast path.
void publish(HandleValue& place, HandleValue value)
{
    std::atomic_ref{place}.store(value, std::memory_order_release);
}

Object* as_object(Capability* entry) { return reinterpret_cast<Object*>(entry); }

}  // namespace

void CapSpace::initialise(Capability* table, std::uint64_t slots)
{
    table_ = table;
    slot_mask_ = (slots - 1) << slot_shift;
    free_count_ = slots;
    table->handle = free_mark(0);  // the only slot that 0 could name
}

Result<HandleValue> CapSpace::install(Object& object, Rights rights, Rights known)
{
    if (!has_room_for(1))
        return fail(Status::no_handles);
    if (first_free_ == nullptr)
        add_to_free(table_[fresh_++]);
    Capability& entry = *first_free_;
    first_free_ = reinterpret_cast<Capability*>(entry.object);
    free_count_--;

    object.add_handle();
    entry.object = &object;
    entry.rights = rights & known;
    HandleValue const handle = handle_of(entry);
    publish(entry.handle, handle);
    return handle;
}

// Its next handle is of another generation. It is not counted yet.
void CapSpace::add_to_free(Capability& entry)
{
    publish(entry.handle, free_mark(slot_of(entry)));
    std::atomic_thread_fence(std::memory_order_release);
    entry.rights = 0;
    entry.generation++;
    if (entry.generation == 0)
        entry.generation = 1;
    entry.object = as_object(first_free_);
    first_free_ = &entry;
}

void CapSpace::clear(Capability& entry)
{
    Object& object = *entry.object;
    add_to_free(entry);
    free_count_++;
    object.drop_handle();
}

// All slots leave the list of free ones, and come back unless a handle is cloned there. Generations
// are the source's: what was not cloned has a value that does not come up here either.
Result<> CapSpace::clone_some(CapSpace const& source)
{
    if (source.slots() != slots() || (uncloned_ == 0 && !has_room_for(slots())))
        return fail(Status::bad_argument);
    if (uncloned_ == 0) {
        uncloned_ = fresh_ = std::max(source.fresh_, fresh_);
        free_count_ -= fresh_;
        first_free_ = nullptr;
    }
    constexpr std::uint64_t most = 256;
    for (std::uint64_t const end = uncloned_ - std::min(most, uncloned_); uncloned_ > end;) {
        Capability& entry = table_[--uncloned_];
        Capability const& original = source.table_[uncloned_];
        entry.generation = original.generation;
        if (original.handle == free_mark(uncloned_) || !has(original.rights, Right::duplicate)) {
            add_to_free(entry);
            free_count_++;
            continue;
        }
        original.object->add_handle();
        entry.object = original.object;
        entry.rights = original.rights;
        publish(entry.handle, original.handle);
    }
    return {};
}

std::uint64_t CapSpace::clear_some(std::uint64_t first)
{
    constexpr std::uint64_t most = 64;
    std::uint64_t const end = std::min(first + most, fresh_);
    for (std::uint64_t i = std::max(first, uncloned_); i < end; i++)
        if (table_[i].handle != free_mark(i))
            clear(table_[i]);
    return end == fresh_ ? slots() : end;
}

}  // namespace kernel
