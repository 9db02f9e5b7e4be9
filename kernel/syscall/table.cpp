// System calls: numbers to functions.
#include "kernel/syscall/table.hpp"
#include "kernel/arch/riscv64/traps.hpp"
#include "kernel/ipc/ipc.hpp"

namespace kernel::syscall {

namespace {

void call(Context& context)
{
    auto const called = ipc::call(context.hart);
    if (!called)
        context.thread.finish_call(std::to_underlying(called.error()));
}

void reply(Context& context) { ipc::reply(context.hart); }

// Runs a function that returns a value to the calling thread, and leaves the kernel.
template <Value (*function)(Context&)>
void returning(Context& context)
{
    leave_with(context.hart, context.thread, function(context));
}

// The same for one that may take long, and then goes on after interrupts.
template <Value (*function)(Context&)>
void in_parts(Context& context)
{
    Value const value = function(context);
    if (!context.goes_on_later)
        leave_with(context.hart, context.thread, value);
    context.thread.ask_again();
}

using Entry = void (*)(Context&);

// In the order of abi::Syscall.
constexpr Entry table[] = {
    call,
    reply,
    returning<detach>,
    returning<complete>,
    returning<lease_read>,
    returning<lease_write>,
    returning<close>,
    returning<duplicate>,
    returning<notification_create>,
    returning<signal>,
    wait,
    returning<poll>,
    returning<arm>,
    returning<bind>,
    returning<pool_create>,
    returning<endpoint_create>,
    returning<revoke>,
    returning<memory_create>,
    in_parts<map>,
    in_parts<unmap>,
    returning<protect>,
    returning<memory_dma_address>,
    returning<memory_size>,
    returning<process_create>,
    returning<process_grant>,
    returning<process_kill>,
    returning<process_info>,
    returning<process_watch>,
    returning<thread_create>,
    thread_exit,
    exit,
    yield,
    returning<interrupt_create>,
    returning<interrupt_complete>,
    returning<device_memory_create>,
    returning<dma_space_create>,
    returning<log>,
    returning<power>,
    returning<kernel_info>,
    returning<nop>,
    futex_wait,
    returning<futex_wake>,
    returning<fault_handler>,
    in_parts<memory_clone>,
    in_parts<space_clone>,
    returning<memory_supply>,
    in_parts<memory_discard>,
    in_parts<memory_allow_writes>,
    returning<interrupt>,
    returning<schedule>,
    returning<charge_caller>,
};
static_assert(std::size(table) == abi::syscall_count);

}  // namespace

Result<Process*> Context::payer(std::uint64_t bytes) const
{
    if (!thread.charges_caller)
        return &process;
    Thread* const caller = thread.caller;
    if (caller == nullptr)
        return fail(Status::cancelled);
    if (bytes > caller->lent_bytes)
        return fail(Status::no_memory);
    caller->lent_bytes -= bytes;
    return caller->process;
}

void handle(Hart& hart)
{
    Thread& thread = *hart.current;
    Context context{hart, thread, *thread.process};
    std::uint64_t const number = abi::number(abi::Syscall::call) - thread.x[reg::a7];
    if (number >= abi::syscall_count)
        return thread.finish_call(static_cast<std::uint64_t>(-38));  // what Linux calls ENOSYS
    table[number](context);
}

}  // namespace kernel::syscall
