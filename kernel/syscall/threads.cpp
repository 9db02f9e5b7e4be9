// System calls about threads.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/mm/user_memory.hpp"
#include "kernel/syscall/table.hpp"

namespace kernel::syscall {

namespace {

// The memory behind a message buffer, which the thread will keep.
Result<> pin_buffer(Thread& thread, VirtAddr address)
{
    if (address % sizeof(abi::MessageBuffer) != 0)
        return fail(Status::bad_argument);
    AddressSpace& space = thread.process->space;
    VirtAddr const page = round_down(address, page_size);
    (void)TRY(space.resolve(page, Access::write));
    Mapping const* const mapping = space.find(page);
    if (mapping->memory->kind == Memory::Kind::device)
        return fail(Status::bad_address);
    std::uint64_t const index = mapping->first_page + (page - mapping->start) / page_size;
    PhysAddr const frame = TRY(mapping->memory->pin(index));
    thread.buffer_memory = Reference{mapping->memory.get()};
    thread.buffer = direct<abi::MessageBuffer>(PhysAddr{frame.value + address % page_size});
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

void thread_exit(Context& context)
{
    Thread& thread = context.thread;
    Process& process = context.process;
    if (process.thread_count == 1)
        return process.end(abi::EndReason::exited, 0);
    ipc::remove_thread(thread);
    process.end_thread(thread);
    if (thread.pool != nullptr)
        ipc::resume(*thread.pool);
}

void yield(Context& context)
{
    context.thread.finish_call(std::to_underlying(Status::ok));
    system.scheduler.yield(context.hart);
}

namespace {

Result<> futex_wait_or_park(Context& context)
{
    Thread& thread = context.thread;
    VirtAddr const address = context.argument(0);
    if (address % sizeof(std::uint32_t) != 0)
        return fail(Status::bad_argument);
    std::uint32_t const value =
        TRY(UserPointer<std::uint32_t>(context.process.space, address).read());
    if (value != static_cast<std::uint32_t>(context.argument(1)))
        return fail(Status::busy);
    Ticks const deadline = context.argument(2);
    if (deadline <= arch::Time::read())
        return fail(Status::timed_out);
    thread.futex_address = address;
    thread.state = Thread::State::futex;
    context.process.futex_waiters.push_back(thread);
    if (deadline != abi::never)
        context.hart.arm(thread.deadline, deadline);
    system.scheduler.park_current(context.hart);
    return {};
}

}  // namespace

void futex_wait(Context& context)
{
    auto const done = futex_wait_or_park(context);
    if (!done)
        context.thread.finish_call(std::to_underlying(done.error()));
}

Value futex_wake(Context& context)
{
    std::uint64_t woken = 0;
    auto& waiters = context.process.futex_waiters;
    for (Thread* thread = waiters.front(); thread != nullptr && woken < context.argument(1);) {
        Thread* const next = waiters.next(*thread);
        if (thread->futex_address == context.argument(0)) {
            waiters.remove(*thread);
            TimerQueue::disarm(thread->deadline);
            thread->finish_call(std::to_underlying(Status::ok));
            system.scheduler.make_ready(*thread);
            woken++;
        }
        thread = next;
    }
    return woken;
}

}  // namespace kernel::syscall
