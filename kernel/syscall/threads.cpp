// System calls about threads.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/ipc/upcall.hpp"
#include "kernel/mm/user_memory.hpp"
#include "kernel/sched/lending.hpp"
#include "kernel/syscall/table.hpp"
#include <algorithm>

namespace kernel::syscall {

namespace {

// The memory behind a message buffer, which the thread will keep.
Result<> pin_buffer(Thread& thread, VirtAddr address)
{
    if (address % sizeof(abi::MessageBuffer) != 0)
        return fail(Status::bad_argument);
    AddressSpace& space = thread.process->space;
    VirtAddr const page = round_down(address, page_size);
    auto pinned = TRY(space.pin(page));
    thread.buffer_memory = std::move(pinned.memory);
    thread.buffer = direct<abi::MessageBuffer>(PhysAddr{pinned.frame.value + address % page_size});
    return {};
}

Result<Pool*> pool_of(Context const& context, Process const& process, HandleValue handle)
{
    if (handle == 0)
        return nullptr;
    Pool* const pool = TRY(context.process.caps.lookup<Pool>(handle, Right::manage));
    if (pool->process != &process)
        return fail(Status::bad_argument);
    return pool;
}

void set_registers(Thread& thread, abi::ThreadParameters const& parameters)
{
    thread.x[reg::pc] = parameters.entry;
    thread.x[reg::sp] = parameters.stack_pointer;
    thread.x[reg::tp] = parameters.thread_pointer;
    thread.x[reg::gp] = parameters.global_pointer;
    thread.x[reg::a0] = parameters.argument;
    thread.stack_pointer = parameters.stack_pointer;
}

}  // namespace

Value thread_create(Context& context)
{
    Process* const process = TRY(context.lookup_process(0, Right::manage));
    UserPointer<abi::ThreadParameters> const place{context.process.space, context.argument(1)};
    abi::ThreadParameters const parameters = TRY(place.read());
    Pool* const pool = TRY(pool_of(context, *process, parameters.pool));
    if (parameters.priority > process->priority_ceiling)
        return fail(Status::bad_argument);
    if (!context.process.caps.has_room_for(1))
        return fail(Status::no_handles);
    Thread* const thread = TRY(make<Thread>(*process, *process, pool, parameters.priority));
    auto const pinned = pin_buffer(*thread, parameters.message_buffer);
    HandleValue const handle = TRY(install(context.process, *thread));
    if (!pinned) {
        context.process.caps.clear(**context.process.caps.find(handle));
        return fail(pinned.error());
    }

    // Nothing below can fail.
    set_registers(*thread, parameters);
    thread->add_reference();  // the process's, until the thread ends
    process->threads.push_back(*thread);
    process->thread_count++;
    if (pool != nullptr) {
        pool->workers.push_back(*thread);
        ipc::give_idle_worker(*pool, *thread);
        ipc::serve(*pool);
    } else {
        thread->carrier = &thread->own_slice;
        system.scheduler.make_ready(*thread);
    }
    return handle;
}

Value thread_exit(Context& context)
{
    Thread& thread = context.thread;
    Process& process = context.process;
    if (process.thread_count == 1) {
        process.end(abi::EndReason::exited, 0);
        return 0;
    }
    ipc::remove_thread(thread);
    process.end_thread(thread);
    if (thread.pool != nullptr)
        ipc::resume(*thread.pool);
    return 0;
}

Value yield(Context& context)
{
    system.scheduler.yield(context.hart);
    return 0;
}

namespace {

Result<Slice*> slice_to_schedule(Context const& context)
{
    Capability* const entry = TRY(context.process.caps.find(context.handle(0)));
    if (!has(entry->rights, Right::manage))
        return fail(Status::no_right);
    switch (entry->object->type()) {
    case ObjectType::pool:
        return &static_cast<Pool*>(entry->object)->slice;
    case ObjectType::thread:
        break;
    default:
        return fail(Status::wrong_type);
    }
    auto& thread = static_cast<Thread&>(*entry->object);
    if (thread.pool != nullptr)
        return fail(Status::bad_argument);  // a worker has no slice
    if (thread.state == Thread::State::dead)
        return fail(Status::peer_died);
    return &thread.own_slice;
}

Result<> check(abi::SchedulingParameters const& wanted, Process const& process)
{
    Ticks const least = system.timebase_hz / 100'000;  // 10 us
    Ticks const longest = system.timebase_hz * 3'600;
    bool const limited = wanted.budget != 0;
    bool const fits =
        !limited || (wanted.budget >= least && wanted.budget <= wanted.period &&
                     wanted.period >= system.shortest_period() && wanted.period <= longest);
    bool const somewhere =
        wanted.harts == 0 || std::ranges::any_of(system.harts, [&](Hart const& hart) {
            return hart.online && (wanted.harts & hart.bit) != 0;
        });
    if (wanted.priority > process.priority_ceiling || !fits || !somewhere)
        return fail(Status::bad_argument);
    return {};
}

Result<Thread*> thread_to_disturb(Context const& context)
{
    bool const is_own = context.handle(0) == 0;
    Thread* const thread = is_own ? &context.thread : TRY(context.lookup<Thread>(0, Right::manage));
    if (thread->pool != nullptr)
        return fail(Status::bad_argument);  // its clients are the ones to disturb
    if (thread->state == Thread::State::dead)
        return fail(Status::peer_died);
    return thread;
}

}  // namespace

Value schedule(Context& context)
{
    Slice* const slice = TRY(slice_to_schedule(context));
    Ticks const now = arch::Time::read();
    system.scheduler.pay(*slice, now);
    if (context.argument(1) == 0)
        return slice->ran;
    abi::SchedulingParameters const wanted = TRY(
        UserPointer<abi::SchedulingParameters>(context.process.space, context.argument(1)).read());
    TRY(check(wanted, context.process));

    // Nothing below can fail.
    slice->base_priority = static_cast<std::uint32_t>(wanted.priority);
    slice->allowed_harts = wanted.harts != 0 ? wanted.harts : ~0ull;
    TimerQueue::disarm(slice->refill);
    slice->budget.configure(wanted.budget, wanted.budget != 0 ? wanted.period : 0, now);
    lending::settle(*slice);
    system.scheduler.change_place(*slice);
    return slice->ran;
}

Value interrupt(Context& context)
{
    ipc::interrupt(*TRY(thread_to_disturb(context)));
    return 0;
}

Value upcall(Context& context)
{
    Thread* const thread = TRY(thread_to_disturb(context));
    if (context.argument(2) > abi::upcall_abandons)
        return fail(Status::bad_argument);
    ipc::upcall(*thread, context.argument(1), context.argument(2) != 0);
    return 0;
}

// The short way is the only one: see short_calls.cpp.
Value upcall_return(Context&) { return fail(Status::busy); }

}  // namespace kernel::syscall
