// Hashes states. Objects are hashed whole, so a field that is new in the kernel tells states apart
// until it is named here.
#include "tests/model/world/fingerprint.hpp"
#include "tests/model/check/survey.hpp"
#include "tests/model/machine/machine.hpp"
#include <algorithm>
#include <cstring>

namespace model {

namespace {

class Hash {
public:
    void add(std::uint64_t value)
    {
        state_ = (state_ ^ value) * 0x9fb21c651e98df25u;
        state_ ^= state_ >> 32;
    }
    void add(void const* pointer) { add(reinterpret_cast<std::uint64_t>(pointer)); }
    void add_bytes(void const* bytes, std::size_t count)
    {
        auto const* at = static_cast<std::byte const*>(bytes);
        for (; count >= sizeof(std::uint64_t); count -= sizeof(std::uint64_t)) {
            std::uint64_t word;
            std::memcpy(&word, at, sizeof word);
            add(word);
            at += sizeof word;
        }
    }
    std::uint64_t value() const { return state_; }

private:
    std::uint64_t state_ = 0x6a09e667f3bcc908u;
};

// Ticks from now; all that is past is the same.
std::uint64_t from_now(Ticks time)
{
    if (time == abi::never)
        return abi::never;
    return time > machine_clock.ticks ? time - machine_clock.ticks : 0;
}

void forget(Timer& timer)
{
    timer.time = timer.queue != nullptr ? from_now(timer.time) : 0;
    timer.link = {};
}

void forget(Slice& slice)
{
    slice.ran = 0;
    forget(slice.refill);
    for (Budget::Refill& refill : slice.budget.refills_)
        refill.time = from_now(refill.time);
}

void forget(Object&) {}  // others have nothing of the kind

void forget(Thread& thread)
{
    static_cast<kernel::Frame&>(thread) = {};
    thread.fp = {};
    thread.cycles = thread.own_cycles = thread.event_start = thread.last_fault = 0;
    thread.ran_before = 0;
    forget(thread.deadline);
    forget(thread.own_slice);
}

void forget(Process& process)
{
    process.past_cycles = process.past_own_cycles = process.past_events = 0;
    process.quanta_waited = 0;
    process.caps.first_free_ = nullptr;
}

void forget(Pool& pool)
{
    pool.event_count = 0;
    forget(pool.slice);
}

template <class T>
void add_objects(Hash& hash, Room const& room)
{
    if (room.slab != &slab_for<T>())
        return;
    alignas(64) static std::byte copy[sizeof(T)];
    std::memcpy(copy, room.address, sizeof copy);
    forget(*reinterpret_cast<T*>(copy));
    hash.add(room.address);
    hash.add_bytes(copy, sizeof copy);
}

void add_timer(Hash& hash, Room const& room)
{
    if (room.slab != &system.timer_slab)
        return;
    NotificationTimer const& timer = *static_cast<NotificationTimer*>(room.address);
    hash.add(timer.target);
    hash.add(timer.queue != nullptr ? from_now(timer.time) : 0);
    hash.add(timer.bits * 2 + (timer.is_due ? 1 : 0));
}

void add_handles(Hash& hash, Room const& room)
{
    if (room.slab != &slab_for<Process>())
        return;
    CapSpace const& caps = static_cast<Process*>(room.address)->caps;
    for (std::uint64_t i = 0; i < 32; i++) {  // worlds here have fewer
        Capability const& entry = caps.table()[i];
        bool const used = i < caps.fresh_ && entry.handle != CapSpace::free_mark(i);
        hash.add(used ? entry.object : nullptr);
        hash.add(used ? entry.rights : 0u);
    }
}

void add_hart(Hash& hash, std::size_t index)
{
    Hart const& hart = system.harts[index];
    Cpu const& cpu = cpus[index];
    hash.add(hart.current);
    hash.add(hart.slice);
    hash.add(hart.fp_owner);
    hash.add(hart.slice != nullptr ? from_now(hart.quantum_end) : 0);
    hash.add(hart.slice != nullptr ? from_now(hart.budget_end) : 0);
    hash.add(from_now(hart.programmed));
    hash.add(from_now(cpu.stimecmp));
    hash.add((hart.resched ? 1u : 0u) | (system.is_idle(hart) ? 2u : 0u) | (cpu.ipi ? 4u : 0u));
    hash.add(hart.seen_epoch == system.reclaimer.epoch_ ? 1u : 0u);
    hash.add_bytes(&hart.ready, sizeof hart.ready);
}

}  // namespace

std::uint64_t fingerprint()
{
    static Room sorted[Books::most_rooms];
    std::size_t const count = rooms().size();
    std::copy_n(rooms().begin(), count, sorted);
    std::sort(sorted, sorted + count,
              [](Room const& a, Room const& b) { return a.address < b.address; });
    Hash hash;
    for (Room const& room : std::span{sorted, count}) {
        add_objects<Process>(hash, room);
        add_objects<Thread>(hash, room);
        add_objects<Pool>(hash, room);
        add_objects<Endpoint>(hash, room);
        add_objects<Notification>(hash, room);
        add_objects<CallRecord>(hash, room);
        add_timer(hash, room);
        add_handles(hash, room);
    }
    for (std::size_t i = 0; i < system.hart_count; i++)
        add_hart(hash, i);
    for (auto const* list : {&system.reclaimer.next_, &system.reclaimer.batch_})
        for (Object const* object = list->front(); object != nullptr; object = list->next(*object))
            hash.add(object);
    return hash.value();
}

}  // namespace model
