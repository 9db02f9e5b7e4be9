// Walks all objects, and counts what knows each of them.
#pragma once
#include "kernel/kernel.hpp"
#include "tests/model/machine/memory.hpp"
#include <string>

namespace model {

using namespace kernel;

// What is known of a structure: how often it was met in which kind of place.
struct Tally {
    std::uint16_t exists = 0;
    std::uint16_t handles = 0;
    std::uint16_t references = 0;
    std::uint16_t reclaims = 0;
    // Threads:
    std::uint16_t idle = 0;       // in a pool's idle slot or list
    std::uint16_t queued = 0;     // in a pool's waiters
    std::uint16_t pending = 0;    // in a pool's list of those that its slice will run
    std::uint16_t waiting = 0;    // in a notification's waiters
    std::uint16_t futex = 0;      // in a process's futex waiters
    std::uint16_t current = 0;    // on how many harts
    std::uint16_t ready_top = 0;  // the top of how many slices that are ready
    std::uint16_t listed = 0;     // in its process's list
};

Tally& tally(void const* room);

[[noreturn]] void fails(char const* rule, void const* subject);
inline void require(bool holds, char const* rule, void const* subject = nullptr)
{
    if (!holds) [[unlikely]]
        fails(rule, subject);
}

template <KernelObject T, class Visit>
void for_each(Visit visit)
{
    for (Room const& room : rooms())
        if (room.slab == &slab_for<T>())
            visit(*static_cast<T*>(room.address));
}

// Visits a list whose elements exist, are linked both ways, and come to an end.
template <class List, class Visit>
void walk(List const& list, Visit visit)
{
    auto* previous = list.front();
    previous = nullptr;
    std::size_t count = 0;
    for (auto* item = list.front(); item != nullptr; item = List::next(*item)) {
        require(++count <= Books::most_rooms, "a list comes to an end", item);
        visit(*item);
        previous = item;
    }
    require(list.tail_ == previous, "a list ends with its tail", previous);
}

template <class T>
T& known(T& item)
{
    require(tally(&item).exists != 0, "what is linked exists", &item);
    return item;
}

inline void const* room_of(Object const& object)
{
    if (object.type() == ObjectType::thread)
        return static_cast<Thread const*>(&object);
    return &object;
}

// The top of the slice whose chain begins with `thread`.
Thread& top_of(Thread& thread);
bool is_alive(Thread const& thread);

void check_slice(Slice const& slice);

// The parts of check_invariants(), in this order.
void forget_counts();
void count_queues();
void check_threads();
void check_slices();
void check_pools();
void check_harts();
void count_owners();
void check_counts();
void check_books();

}  // namespace model
