// Counts what knows each object.
#include "tests/model/check/survey.hpp"
#include "tests/model/check/checker.hpp"
#include "tests/model/machine/machine.hpp"
#include <cstdio>

namespace model {

namespace {

constexpr std::uint64_t room_unit = 64;
Tally tallies[most_frames * page_size / room_unit];

void count_handles(Process const& process)
{
    if (process.caps.table() == nullptr)
        return;
    std::uint64_t used = 0;
    for (std::uint64_t i = 0; i < process.caps.fresh_; i++) {
        Capability const& entry = process.caps.table()[i];
        if (entry.handle == CapSpace::free_mark(i))
            continue;
        used++;
        tally(room_of(*entry.object)).handles++;
    }
    require(used + process.caps.free_count_ == process.caps.slots(), "free slots are counted",
            &process);
    std::uint64_t reserved = 0;
    walk(process.threads, [&](Thread const& thread) {
        reserved += thread.accepted_handles + thread.reserved_handles;
    });
    require(process.caps.reserved_ == reserved, "reserved slots are counted", &process);
}

void count_in_pool(Pool const& pool)
{
    walk(pool.idle_workers, [](Thread& thread) { tally(&known(thread)).idle++; });
    walk(pool.waiters, [](Thread& thread) { tally(&known(thread)).queued++; });
    walk(pool.pending, [](Thread& thread) { tally(&known(thread)).pending++; });
    for (Pool::IdleSlot const& slot : pool.idle)
        if (slot.worker != nullptr)
            tally(&known(*slot.worker)).idle++;
    walk(pool.closed, [](Endpoint& endpoint) { tally(&known(endpoint)).references++; });
    walk(pool.bound, [](Notification& bound) { tally(&known(bound)).references++; });
}

void count_members(Process const& process)
{
    walk(process.threads, [](Thread& thread) {
        tally(&known(thread)).listed++;
        tally(&thread).references++;
    });
    walk(process.pools, [](Pool& pool) { tally(&known(pool)).references++; });
    walk(process.futex_waiters, [](Thread& thread) { tally(&known(thread)).futex++; });
    walk(process.children, [](Process& child) { known(child); });
    if (process.fault_handler)
        tally(process.fault_handler.get()).references++;
    if (process.watcher)
        tally(process.watcher.get()).references++;
    if (process.payer() == nullptr)
        tally(&process).references++;  // the first one
    if (process.is_closing())
        tally(&process).references++;  // the reclaimer's
}

void count_references(Thread const& thread)
{
    if (thread.target != nullptr)
        tally(thread.target).references++;
    if (thread.buffer_memory)
        tally(thread.buffer_memory.get()).references++;
}

template <class T>
void count_payers()
{
    for_each<T>([](T& item) {
        if (item.payer() != nullptr)
            tally(&known(*item.payer())).references++;
    });
}

void count_harts()
{
    for (Hart const& hart : system.harts) {
        if (hart.current != nullptr)
            tally(&known(*hart.current)).current++;
        for (auto const& list : hart.ready.lists_)
            walk(list, [](Slice& slice) {
                require(slice.top != nullptr, "a slice that is ready has a top", &slice);
                tally(&known(*slice.top)).ready_top++;
            });
    }
}

}  // namespace

Tally& tally(void const* room)
{
    std::uint64_t const at = (reinterpret_cast<std::uint64_t>(room) - arena_address) / room_unit;
    if (at >= std::size(tallies))
        fails("what is linked lies in memory", room);
    return tallies[at];
}

void fails(char const* rule, void const* subject)
{
    char text[64];
    std::snprintf(text, sizeof text, " (%p)", subject);
    machine.break_off("does not hold: " + std::string{rule} + (subject != nullptr ? text : ""));
}

bool is_alive(Thread const& thread) { return tally(&thread).listed != 0; }

Thread& top_of(Thread& thread)
{
    Thread* top = &thread;
    std::size_t steps = 0;
    while (Thread* const next = top->callee_on_slice() != nullptr ? top->callee : top->borrower) {
        require(++steps <= Books::most_rooms, "a chain has an end", &thread);
        top = &known(*next);
    }
    return *top;
}

void forget_counts()
{
    for (Room const& room : rooms()) {
        tally(room.address) = {};
        tally(room.address).exists = 1;
    }
}

static void count_depleted(Slice const& slice)
{
    if (slice.state == Slice::State::depleted && slice.top != nullptr)
        tally(&known(*slice.top)).ready_top++;
}

void count_queues()
{
    for_each<Thread>([](Thread& thread) { count_depleted(thread.own_slice); });
    for_each<Pool>([](Pool& pool) { count_depleted(pool.slice); });
    for_each<Process>([](Process& process) { count_members(process); });
    for_each<Pool>([](Pool& pool) { count_in_pool(pool); });
    for_each<Notification>([](Notification& notification) {
        walk(notification.waiters, [&](Thread& thread) {
            tally(&known(thread)).waiting++;
            tally(&notification).references++;
            require(thread.waiting_for == &notification, "who waits knows for what", &thread);
        });
    });
    count_harts();
}

void count_owners()
{
    for_each<Process>([](Process& process) { count_handles(process); });
    for_each<Thread>([](Thread& thread) { count_references(thread); });
    for_each<Endpoint>([](Endpoint& endpoint) {
        if (endpoint.close_waits)
            tally(&endpoint).references++;
    });
    for_each<Interrupt>([](Interrupt& interrupt) { tally(interrupt.target.get()).references++; });
    for_each<Memory>([](Memory& memory) {
        if (memory.pager_)
            tally(memory.pager_.get()).references++;
        if (memory.source_)
            tally(memory.source_.get()).references++;
    });
    for (Room const& room : rooms()) {
        if (room.slab == &system.mapping_slab)
            tally(static_cast<Mapping*>(room.address)->memory.get()).references++;
        if (room.slab == &system.pin_slab)
            tally(static_cast<DmaSpace::Pin*>(room.address)->memory.get()).references++;
    }
    count_payers<Process>();
    count_payers<Thread>();
    count_payers<Pool>();
    count_payers<Endpoint>();
    count_payers<Notification>();
    count_payers<Memory>();
    count_payers<Interrupt>();
    count_payers<CallRecord>();
    count_payers<Root>();
    count_payers<DmaSpace>();
    for (auto const* list : {&system.reclaimer.next_, &system.reclaimer.batch_})
        walk(*list, [](Object& object) { tally(room_of(object)).reclaims++; });
}

void check_chains()
{
    forget_counts();
    count_queues();
    check_threads();
    check_slices();
    check_pools();
    check_harts();
}

void check_invariants()
{
    check_chains();
    count_owners();
    check_counts();
    check_books();
}

}  // namespace model
