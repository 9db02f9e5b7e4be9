// Who knows each object, and who pays for it.
#include "tests/model/check/checker.hpp"
#include "tests/model/check/survey.hpp"
#include <algorithm>

namespace model {

namespace {

void check_object(Object const& object)
{
    Tally const& seen = tally(room_of(object));
    std::uint64_t const handles = object.holders_ / Object::one_handle;
    require(handles == seen.handles, "an object counts its handles", &object);
    std::uint64_t const references = object.holders_ % Object::one_handle;
    require(references == seen.references, "an object counts its references", &object);
    bool const unknown = handles == 0 && references == 0;
    require(seen.reclaims == (object.released_ ? 1 : 0), "what was released is on its way out once",
            &object);
    require(!unknown || object.released_, "what nobody knows is on its way out", &object);
}

template <class T>
void check_all()
{
    for_each<T>([](T& item) { check_object(item); });
}

std::uint64_t table_bytes(Process const& process)
{
    if (process.caps.table() == nullptr)
        return 0;
    return std::max(page_size, process.caps.slots() * sizeof(Capability));
}

// What a room's payer has been charged for it.
template <class T>
void add_costs(Process const& payer, std::uint64_t& sum)
{
    for_each<T>([&](T& item) {
        if (item.payer() == &payer)
            sum += slab_for<T>().charge_bytes();
    });
}

std::uint64_t object_costs(Process const& payer)
{
    std::uint64_t sum = 0;
    add_costs<Process>(payer, sum);
    add_costs<Thread>(payer, sum);
    add_costs<Pool>(payer, sum);
    add_costs<Endpoint>(payer, sum);
    add_costs<Notification>(payer, sum);
    add_costs<Memory>(payer, sum);
    add_costs<Interrupt>(payer, sum);
    add_costs<CallRecord>(payer, sum);
    add_costs<Root>(payer, sum);
    add_costs<DmaSpace>(payer, sum);
    for (Room const& room : rooms()) {
        if (room.slab == &system.timer_slab &&
            static_cast<NotificationTimer*>(room.address)->target->payer() == &payer)
            sum += system.timer_slab.charge_bytes();
    }
    return sum;
}

std::uint64_t mapping_costs(Process const& process)
{
    std::uint64_t count = 0;
    auto const& mappings = process.space.mappings_;
    for (Mapping* item = mappings.first(); item != nullptr; item = mappings.next(*item))
        count++;
    return count * system.mapping_slab.charge_bytes();
}

std::uint64_t count_tables(PhysAddr table, unsigned level)
{
    if (!table)
        return 0;
    std::size_t const used = level == 2 ? arch::PageTable::entries / 2 : arch::PageTable::entries;
    std::uint64_t count = 1;
    for (std::size_t i = 0; i < used && level > 0; i++) {
        arch::Pte const entry = direct<arch::PageTable>(table)->entry[i];
        if (entry.is_table())
            count += count_tables(entry.address(), level - 1);
    }
    return count;
}

// The frames of a memory's pages, and of the tables that list them.
std::uint64_t count_frames(Memory const& memory)
{
    if (memory.kind == Memory::Kind::block && memory.released_ == 0)
        return 1ull << FrameAllocator::order_for(memory.pages);
    if (!memory.has_slots() || memory.map_.root_ == nullptr)
        return 0;
    require(memory.map_.is_flat(), "the model's memories are small", &memory);
    std::uint64_t count = 1;
    for (std::uint64_t i = 0; i < memory.pages; i++) {
        PageSlot const& slot = *memory.map_.find(i);
        if (slot.is_empty())
            continue;
        count++;
        require(system.frames.books_[system.frames.frame_index(slot.frame())] >=
                    FrameAllocator::in_use,
                "a page's frame is in use", &memory);
    }
    return count;
}

std::uint64_t frame_costs(Process const& payer)
{
    std::uint64_t count = payer.report != nullptr ? 1 : 0;
    count += count_tables(payer.space.root_, 2);
    for_each<Memory>([&](Memory& memory) {
        if (memory.payer() == &payer)
            count += count_frames(memory);
    });
    return count * page_size;
}

// One that draws costs what it uses, and so does one that has ended.
std::uint64_t quotas_handed_on(Process const& payer)
{
    std::uint64_t sum = 0;
    for_each<Process>([&](Process& child) {
        if (child.payer() == &payer)
            sum += child.draws == 0 ? child.quota_bytes : child.used_bytes.load();
    });
    return sum;
}

}  // namespace

void check_counts()
{
    check_all<Process>();
    check_all<Thread>();
    check_all<Pool>();
    check_all<Endpoint>();
    check_all<Notification>();
    check_all<Memory>();
    check_all<Interrupt>();
    check_all<CallRecord>();
    check_all<Root>();
    check_all<DmaSpace>();
}

void check_books()
{
    for_each<Process>([](Process& process) {
        std::uint64_t const costs = object_costs(process) + mapping_costs(process) +
                                    frame_costs(process) + table_bytes(process) +
                                    quotas_handed_on(process);
        require(process.used_bytes == costs, "what a process has used is what its objects cost",
                &process);
        require(process.used_bytes <= process.quota_bytes, "nobody uses more than its quota",
                &process);
    });
}

Stock take_stock()
{
    Process const* first = nullptr;
    for_each<Process>([&](Process& process) {
        if (process.payer() == nullptr)
            first = &process;
    });
    std::uint64_t free_frames = system.frames.free_frames();
    for (Hart const& hart : system.harts)
        free_frames += hart.frames.count();
    return {first->used_bytes, free_frames, rooms().size()};
}

void check_nothing_is_left(Stock const& before)
{
    Stock const now = take_stock();
    require(now.used_bytes == before.used_bytes, "the first quota is back at its start value");
    require(now.structures == before.structures, "no structure is left behind");
    // Each slab may keep one empty frame, and one for what each hart has at hand.
    unsigned long const kept = 16 * (1 + system.hart_count);
    require(now.free_frames + kept >= before.free_frames, "no frame is left behind");
}

}  // namespace model
