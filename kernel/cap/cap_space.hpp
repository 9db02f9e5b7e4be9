// A process's capability space: handles to objects.
//
// A handle is a slot and the generation that the slot had when the handle was made, so one that
// was closed never names what came later. The table is as large as it was made: a process that
// fills it gets no_handles, and nobody else notices.
#pragma once
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/object/object.hpp"
#include <atomic>
#include <span>

namespace kernel {

using abi::HandleValue;
using abi::Right;
using abi::Rights;

constexpr bool has(Rights rights, Right right) { return (rights & std::to_underlying(right)) != 0; }

// An entry of the table. The fast path reads it without a lock: `handle`, then the rest, then
// `handle` again. A writer clears `handle` first and sets it last, and no value of it comes back
// soon. If it is the wanted one both times, the rest belongs to it.
struct Capability {
    Object* object;      // free: the next free entry
    HandleValue handle;  // free: a value that no handle to this slot has
    Rights rights;
    std::uint16_t generation;
};
static_assert(sizeof(Capability) == 16);

class CapSpace {
public:
    static constexpr std::uint64_t max_slots = 1 << 16;
    static constexpr unsigned slot_shift = 4;  // a masked handle is an offset into the table

    // `table` has room for `slots` entries, a power of two, and is zeroed.
    void initialise(Capability* table, std::uint64_t slots);

    Capability* table() const { return table_; }
    std::uint64_t slot_mask() const { return slot_mask_; }
    std::uint64_t slots() const { return (slot_mask_ >> slot_shift) + 1; }
    bool has_room_for(std::uint64_t count) const { return free_count_ - reserved_ >= count; }

    // Keeps slots free for what is to be installed later; release() them just before.
    // Errors: no_handles
    Result<> reserve(std::uint64_t count)
    {
        if (!has_room_for(count))
            return fail(Status::no_handles);
        reserved_ += count;
        return {};
    }
    void release(std::uint64_t count) { reserved_ -= count; }

    // Errors: no_handles. The rights that the object's type does not know are dropped.
    Result<HandleValue> install(Object& object, Rights rights, Rights known);

    // The entry, whatever it names. Errors: bad_handle
    Result<Capability*> find(HandleValue handle) const
    {
        Capability& entry = at(handle);
        if (entry.handle != handle)
            return fail(Status::bad_handle);
        return &entry;
    }

    template <KernelObject T>
    struct Found {
        T* object;
        Rights rights;
    };
    // Without a lock, too: then the object is there until this hart leaves the kernel. The handle
    // is as it stands in the register. Errors: bad_handle, wrong_type, no_right
    template <KernelObject T>
    Result<Found<T>> look_up(std::uint64_t word, Right right) const
    {
        Capability& entry = at(word);
        auto const handle = static_cast<HandleValue>(word);
        auto const name = std::atomic_ref{entry.handle};
        if (name.load(std::memory_order_acquire) != handle)
            return fail(Status::bad_handle);
        Object* const object = entry.object;
        Rights const rights = entry.rights;
        arch::fence_loads();
        if (name.load(std::memory_order_relaxed) != handle)
            return fail(Status::bad_handle);
        if (object->type() != T::object_type)
            return fail(Status::wrong_type);
        if (!has(rights, right))
            return fail(Status::no_right);
        return Found<T>{static_cast<T*>(object), rights};
    }

    // The same when the rights do not matter further.
    template <KernelObject T>
    Result<T*> lookup(HandleValue handle, Right right) const
    {
        auto const found = TRY(look_up<T>(handle, right));
        return found.object;
    }

    // Takes over the handles of another space that may be duplicated, at the same values, 256 slots
    // at a time. Errors: bad_argument (of another size, or with handles of its own at the first)
    Result<> clone_some(CapSpace const& source);
    bool is_half_cloned() const { return uncloned_ != 0; }

    // Empties the entry; the object loses a handle. `entry` came from find().
    void clear(Capability& entry);
    // Empties the entries from slot `first` on, 64 of them; returns where it stopped.
    std::uint64_t clear_some(std::uint64_t first);

private:
    Capability& at(std::uint64_t handle) const
    {
        auto* const bytes = reinterpret_cast<std::byte*>(table_);
        return *reinterpret_cast<Capability*>(bytes + (handle & slot_mask()));
    }
    static HandleValue free_mark(std::uint64_t slot)
    {
        return static_cast<HandleValue>((slot ^ 1) << slot_shift);
    }
    void add_to_free(Capability& entry);
    std::uint64_t slot_of(Capability const& entry) const
    {
        return static_cast<std::uint64_t>(&entry - table_);
    }
    HandleValue handle_of(Capability const& entry) const
    {
        auto const slot = static_cast<HandleValue>(slot_of(entry));
        return slot << slot_shift | (entry.generation & 0xfu) | (entry.generation & 0xfff0u) << 16;
    }

    Capability* table_ = nullptr;
    std::uint64_t slot_mask_ = 0;
    std::uint64_t free_count_ = 0;
    std::uint64_t reserved_ = 0;
    std::uint64_t fresh_ = 0;     // no slot from here on was ever used; all of them are free
    std::uint64_t uncloned_ = 0;  // slots that are neither free nor used, because clones come there
    Capability* first_free_ = nullptr;  // below `fresh_`
};

}  // namespace kernel
