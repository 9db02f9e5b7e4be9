// System calls about processes.
#include "kernel/ipc/ipc.hpp"
#include "kernel/mm/user_memory.hpp"
#include "kernel/syscall/table.hpp"
#include <algorithm>
#include <bit>

namespace kernel::syscall {

Value process_create(Context& context)
{
    Process* const payer = TRY(context.lookup_process(0, Right::charge));
    std::uint64_t const quota = context.argument(1);
    std::uint64_t const slots = context.argument(2);
    std::uint64_t const ceiling = context.argument(3);
    std::uint32_t const draws = context.argument(4) == abi::process_draws ? payer->draws + 1 : 0;
    bool const slots_fit =
        std::has_single_bit(slots) && slots >= 256 && slots <= CapSpace::max_slots;
    if (!slots_fit || ceiling > context.process.priority_ceiling || draws > Process::most_draws ||
        context.argument(4) > abi::process_draws)
        return fail(Status::bad_argument);
    if (!context.process.caps.has_room_for(1))
        return fail(Status::no_handles);

    std::uint64_t const reserved = draws == 0 ? quota : 0;
    TRY(payer->charge(reserved));
    auto const made =
        make<Process>(*payer, payer, quota, static_cast<std::uint32_t>(ceiling), draws);
    if (!made) {
        payer->refund(reserved);
        return fail(made.error());
    }
    Process& child = **made;
    auto const created = child.create(slots);
    auto const handle = install(context.process, child);  // there is room
    if (!created) {
        context.process.caps.clear(**context.process.caps.find(*handle));
        return fail(created.error());
    }
    return handle;
}

Value process_kill(Context& context)
{
    Process* const process = TRY(context.lookup_process(0, Right::manage));
    process->end(abi::EndReason::killed, context.argument(1));
    return 0;
}

Value exit(Context& context)
{
    context.process.end(abi::EndReason::exited, context.argument(0));
    return 0;
}

namespace {

// Of the thread's time so far, what was spent on slices of its own process.
std::uint64_t own_cycles(Thread const& thread)
{
    if (thread.pool == nullptr)
        return thread.cycles;
    bool const takes_event = thread.carrier == &thread.pool->slice;
    return thread.own_cycles + (takes_event ? thread.cycles - thread.event_start : 0);
}

bool runs_elsewhere(Process const& process)
{
    return std::ranges::any_of(system.harts, [&process](Hart const& hart) {
        Thread const* const thread = hart.current;
        return &hart != &this_hart() && thread != nullptr && thread->process == &process;
    });
}

void add_up_threads(Process const& process, abi::ProcessInfo& info)
{
    std::uint64_t total = process.past_cycles;
    info.own_cycles = process.past_own_cycles;
    for (Thread const& thread : process.threads) {
        total += thread.cycles;
        info.own_cycles += own_cycles(thread);
    }
    info.lent_cycles = total - info.own_cycles;
}

}  // namespace

Value process_info(Context& context)
{
    Process* process = &context.process;
    if (context.handle(0) != 0)
        process = TRY(context.lookup<Process>(0, Right::inspect));
    account(context.hart);
    if (runs_elsewhere(*process))
        stop_other_harts(context.hart);  // which brings their books up to date
    abi::ProcessInfo info = *process->report;
    info.reason = process->reason;
    info.thread_count = process->thread_count;
    info.exit_code = process->exit_code;
    info.quota_bytes = process->quota_bytes;
    info.used_bytes = process->used_bytes;
    info.events = process->past_events;
    for (Pool const& pool : process->pools)
        info.events += pool.event_count;
    info.quanta_waited = process->quanta_waited;
    add_up_threads(*process, info);
    TRY(UserPointer<abi::ProcessInfo>(context.process.space, context.argument(1)).write(info));
    return 0;
}

// The handler learns cause, address, pc and sp; the rest is in process_info(). It answers ok when
// the thread is to try again; any other answer, or none, ends the process.
Value fault_handler(Context& context)
{
    Process* const process = TRY(context.lookup_process(0, Right::manage));
    Endpoint* handler = nullptr;
    if (context.handle(1) != 0)
        handler = TRY(context.lookup<Endpoint>(1, Right::call));
    process->fault_handler = Reference{handler};
    return 0;
}

// One watcher a process: a second one takes its place.
Value process_watch(Context& context)
{
    Process* const process = TRY(context.lookup<Process>(0, Right::inspect));
    Notification* const notification = TRY(context.lookup<Notification>(1, Right::signal));
    if (process->has_ended()) {
        ipc::signal(*notification, context.argument(2));
        return 0;
    }
    process->watcher = Reference{notification};
    process->watcher_bits = context.argument(2);
    return 0;
}

}  // namespace kernel::syscall
