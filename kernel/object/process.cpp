// A process: its beginning and its end.
#include "kernel/object/process.hpp"
#include "kernel/debug/report.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/kernel.hpp"

namespace kernel {

namespace {

std::uint64_t table_bytes(std::uint64_t slots)
{
    return page_size << FrameAllocator::order_for(slots * sizeof(Capability) / page_size);
}

}  // namespace

Result<> Process::charge_payer(std::uint64_t bytes)
{
    auto const charged = payer()->charge(bytes);
    if (!charged)
        used_bytes.fetch_sub(bytes, std::memory_order_relaxed);
    return charged;
}

Result<PhysAddr> Process::allocate_frame()
{
    TRY(charge(page_size));
    auto const frame = this_hart().frames.take(system.frames);
    if (!frame) {
        refund(page_size);
        return frame;
    }
    zero_frames(*frame, 1);
    return frame;
}

void Process::drop_frame(PhysAddr frame)
{
    if (system.frames.drop(frame))
        this_hart().frames.give(system.frames, frame);
    refund(page_size);
}

Result<void*> Process::allocate(Slab& slab)
{
    TRY(charge(slab.charge_bytes()));
    if (void* const room = slab.allocate(system.frames)) [[likely]]
        return room;
    refund(slab.charge_bytes());
    return fail(Status::no_memory);
}

void Process::free(Slab& slab, void* object)
{
    slab.free(system.frames, object);
    refund(slab.charge_bytes());
}

Result<> Process::create(std::uint64_t handle_slots)
{
    if (payer() != nullptr)
        payer()->children.push_back(*this);
    report = direct<abi::ProcessInfo>(TRY(allocate_frame()));
    report->number = ++system.processes_made;
    TRY(space.create());
    std::uint64_t const bytes = table_bytes(handle_slots);
    TRY(charge(bytes));
    auto const table = system.frames.allocate_zeroed(FrameAllocator::order_for(bytes / page_size));
    if (!table) {
        refund(bytes);
        return fail(table.error());
    }
    caps.initialise(direct<Capability>(*table), handle_slots);
    return {};
}

void Process::release()
{
    while (!space.release_some()) {
    }
    if (caps.table() != nullptr) {
        std::uint64_t const bytes = table_bytes(caps.slots());
        system.frames.free(physical(caps.table()), FrameAllocator::order_for(bytes / page_size));
        refund(bytes);
    }
    if (report != nullptr)
        drop_frame(physical(report));
}

void Process::add_visit(std::uint64_t number, Ticks ticks)
{
    abi::Visit* place = report->visits;
    abi::Visit const* const last = std::end(report->visits) - 1;
    while (place != last && place->ticks != 0 && place->process != number)
        place++;
    place->process = place != last ? number : 0;
    place->ticks += ticks;
}

void Process::end_thread(Thread& thread)
{
    threads.remove(thread);
    if (thread.pool != nullptr)
        thread.pool->workers.remove(thread);
    else
        thread.own_cycles = thread.cycles;
    past_cycles += thread.cycles;
    past_own_cycles += thread.own_cycles;
    thread_count--;
    thread.drop_reference();
}

void Process::end_threads()
{
    while (Thread* const thread = threads.front()) {
        ipc::remove_thread(*thread);
        end_thread(*thread);
    }
}

void Process::end_pool(Pool& pool)
{
    while (Thread* const caller = pool.waiters.take_front()) {
        std::exchange(caller->target, nullptr)->drop_reference();
        ipc::finish(*caller, Status::peer_died);
    }
    while (Notification* const notification = pool.notifications.take_front())
        notification->queued = false;
    while (Endpoint* const endpoint = pool.endpoints.take_front()) {
        if (std::exchange(endpoint->close_waits, false))
            endpoint->drop_reference();
        endpoint->pool = nullptr;
        endpoint->home = nullptr;
    }
    while (Endpoint* const endpoint = pool.closed.take_front())
        endpoint->drop_reference();
    while (Notification* const notification = pool.bound.take_front()) {
        notification->pool = nullptr;
        notification->settle_attention();
        notification->drop_reference();
    }
    past_events += pool.event_count;
    pool.process = nullptr;
    pool.drop_reference();
}

void Process::end(abi::EndReason why, std::uint64_t code)
{
    if (has_ended())
        return;
    stop_other_harts(this_hart());
    for (Process* last = nullptr; last != this;) {
        last = this;
        while (Process* const child = last->children.front())
            last = child;
        last->end_alone(last == this ? why : abi::EndReason::killed, code);
    }
}

void Process::end_alone(abi::EndReason why, std::uint64_t code)
{
    if (has_ended())
        return;
    add_reference();  // until everything is closed
    reason = why;
    exit_code = code;
    end_threads();
    while (Pool* const pool = pools.take_front())
        end_pool(*pool);
    if (payer() == nullptr)
        debug::end_of_init(*this);
    payer()->children.remove(*this);
    // What it does not use is the payer's again, and so is each thing that comes back later: others
    // may hold what it has made for as long as they like.
    if (std::exchange(draws, 1) == 0)
        payer()->refund(quota_bytes - used_bytes);
    if (watcher)
        ipc::signal(*watcher, watcher_bits);
    watcher = {};
    fault_handler = {};
    is_closing_ = true;
    hand_over();  // or it was on its way already: nobody held it, and its payer ends
}

bool Process::must_close()
{
    bool const may_begin = has_handles() || thread_count != 0 || !children.empty();
    if (!may_begin)
        end(abi::EndReason::killed, 0);
    return is_closing_;
}

bool Process::close_some()
{
    if (closed_slots_ < caps.slots()) {
        closed_slots_ = caps.clear_some(closed_slots_);
        return false;
    }
    if (!space.empty_some())
        return false;
    is_closing_ = false;
    drop_reference();
    return true;
}

}  // namespace kernel
