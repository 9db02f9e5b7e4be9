// A process: an address space, a capability space, a quota that pays for everything in it.
#pragma once
#include "kernel/cap/cap_space.hpp"
#include "kernel/mm/address_space.hpp"
#include "kernel/mm/slab.hpp"
#include "kernel/object/pool.hpp"

namespace kernel {

class Process final : public Object {
public:
    static constexpr ObjectType object_type = ObjectType::process;
    static constexpr abi::Rights rights = abi::rights(abi::Right::manage, abi::Right::charge,
                                                      abi::Right::inspect, abi::Right::duplicate);

    // How many processes may draw on one another in a row: each of them is charged each time.
    static constexpr std::uint32_t most_draws = 8;

    // `draws`: on how many others, one after the other, from the payer on.
    Process(Process* payer, std::uint64_t quota_bytes, std::uint32_t priority_ceiling,
            std::uint32_t draws = 0)
        : Object{object_type, payer}, priority_ceiling{priority_ceiling}, quota_bytes{quota_bytes},
          draws{draws}
    {
    }

    // Errors: no_memory
    Result<> create(std::uint64_t handle_slots);
    // Ends all its threads and closes all its handles, after those of the processes that it pays
    // for; other harts stand still meanwhile.
    void end(abi::EndReason reason, std::uint64_t code);
    // The books of a thread that ipc::remove_thread() has taken out of everything else.
    void end_thread(Thread& thread);
    // Closes some handles or unmaps some pages of a process that has ended; false if there are
    // more. For the reclaimer, while must_close().
    bool close_some();
    // It has ended, perhaps just now: nobody can give it its first thread, and it pays for nobody.
    bool must_close();
    // Its slices spent so much time in the process with this number.
    void add_visit(std::uint64_t number, Ticks ticks);
    bool is_closing() const { return is_closing_; }
    bool has_ended() const { return reason != abi::EndReason::running; }
    // Frees what is left when nobody knows it any more: quickly, after space.release_some().
    void release();

    // The quota. It takes no lock. A process that draws has a limit instead, and what it is charged
    // is the payer's expense, too. Errors: no_memory
    Result<> charge(std::uint64_t bytes)
    {
        std::uint64_t used = used_bytes.load(std::memory_order_relaxed);
        do {
            if (bytes > quota_bytes - used)
                return fail(Status::no_memory);
        } while (!used_bytes.compare_exchange_weak(used, used + bytes, std::memory_order_relaxed));
        if (draws != 0) [[unlikely]]
            return charge_payer(bytes);
        return {};
    }
    void refund(std::uint64_t bytes)
    {
        used_bytes.fetch_sub(bytes, std::memory_order_relaxed);
        if (draws != 0) [[unlikely]]
            payer()->refund(bytes);
    }

    // Zeroed frames and small structures, charged. Errors: no_memory
    Result<PhysAddr> allocate_frame();
    // Which may be others', too.
    void drop_frame(PhysAddr frame);
    Result<void*> allocate(Slab& slab);
    void free(Slab& slab, void* object);

    AddressSpace space{*this};
    CapSpace caps;
    std::uint32_t const priority_ceiling;

    std::uint64_t const quota_bytes;
    std::atomic<std::uint64_t> used_bytes{0};
    std::uint32_t draws;  // not 0 when it has ended

    IntrusiveList<Thread, &Thread::process_link> threads;
    ListLink<Process> sibling_link;
    IntrusiveList<Process, &Process::sibling_link> children;  // that it pays for, and that live
    IntrusiveList<Pool, &Pool::process_link> pools;
    IntrusiveList<Thread, &Thread::link> futex_waiters;
    std::uint32_t thread_count = 0;

    // Books of threads and pools that are gone.
    std::uint64_t past_cycles = 0;
    std::uint64_t past_own_cycles = 0;
    std::uint64_t past_events = 0;
    std::uint64_t quanta_waited = 0;

    abi::EndReason reason = abi::EndReason::running;
    std::uint64_t exit_code = 0;
    abi::ProcessInfo* report = nullptr;  // of an exception; its frame was allocated at birth
    Reference<Endpoint> fault_handler;
    Reference<Notification> watcher;
    std::uint64_t watcher_bits = 0;

private:
    bool is_closing_ = false;
    std::uint64_t closed_slots_ = 0;

    Result<> charge_payer(std::uint64_t bytes);
    void end_alone(abi::EndReason reason, std::uint64_t code);
    void end_threads();
    void end_pool(Pool& pool);
};

}  // namespace kernel
