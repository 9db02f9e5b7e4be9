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

template <Value (*function)(Context&)>
Value value_of(Context& context)
{
    return system.reclaimer.with_memory(context.hart, [&] {
        Value value = function(context);
        if (!value)
            context.return_loan();
        return value;
    });
}

// Runs a function that returns a value to the calling thread, and leaves the kernel.
template <Value (*function)(Context&)>
void returning(Context& context)
{
    leave_with(context.hart, context.thread, value_of<function>(context));
}

// The same for one that may take long, and then goes on after interrupts.
template <Value (*function)(Context&)>
void in_parts(Context& context)
{
    Value const value = value_of<function>(context);
    if (!context.goes_on_later)
        leave_with(context.hart, context.thread, value);
    context.thread.ask_again();
}

// A system call. `quick` is the function itself, if it needs no kernel lock.
struct Entry {
    void (*run)(Context&);
    Value (*quick)(Context&) = nullptr;
};

template <Value (*function)(Context&)>
constexpr Entry quick{in_parts<function>, function};

// In the order of abi::Syscall.
constexpr Entry table[] = {
    {call},
    {reply},
    {returning<detach>},
    {returning<complete>},
    {returning<lease_read>},
    {returning<lease_write>},
    {returning<close>},
    {returning<duplicate>},
    {returning<notification_create>},
    {returning<signal>},
    {wait},
    {returning<poll>},
    {returning<arm>},
    {returning<bind>},
    {returning<pool_create>},
    {returning<endpoint_create>},
    {returning<revoke>},
    {returning<memory_create>},
    quick<map>,
    quick<unmap>,
    quick<protect>,
    {returning<memory_dma_address>},
    quick<memory_size>,
    {returning<process_create>},
    {returning<process_grant>},
    {returning<process_kill>},
    {returning<process_info>},
    {returning<process_watch>},
    {returning<thread_create>},
    {thread_exit},
    {exit},
    {yield},
    {returning<interrupt_create>},
    {returning<interrupt_complete>},
    {returning<device_memory_create>},
    {returning<dma_space_create>},
    {returning<log>},
    {returning<power>},
    {returning<kernel_info>},
    quick<nop>,
    {futex_wait},
    {returning<futex_wake>},
    {returning<fault_handler>},
    {in_parts<memory_clone>},
    {in_parts<space_clone>},
    {returning<memory_supply>},
    {in_parts<memory_discard>},
    {in_parts<memory_allow_writes>},
    {returning<interrupt>},
    {returning<schedule>},
    {returning<charge_caller>},
    {returning<upcall>},
    quick<upcall_return>,
    {in_parts<handles_clone>},
};
static_assert(std::size(table) == abi::syscall_count);

std::uint64_t number_of(Thread const& thread)
{
    return abi::number(abi::Syscall::call) - thread.x[reg::a7];
}

}  // namespace

Result<Process*> Context::payer(std::uint64_t bytes)
{
    if (!thread.charges_caller)
        return &process;
    Thread* const caller = thread.caller;
    if (caller == nullptr)
        return fail(Status::cancelled);
    if (bytes > caller->lent_bytes)
        return fail(Status::no_memory);
    caller->lent_bytes -= bytes;
    loan += bytes;
    return caller->process;
}

void Context::return_loan()
{
    if (thread.caller != nullptr)
        thread.caller->lent_bytes += loan;
    loan = 0;
}

bool handle_quickly(Hart& hart)
{
    Thread& thread = *hart.current;
    std::uint64_t const number = number_of(thread);
    if (number >= abi::syscall_count || table[number].quick == nullptr)
        return false;
    Context context{hart, thread, *thread.process};
    Value const value = table[number].quick(context);
    if (context.goes_on_later) {
        thread.ask_again();
        return_to_user(thread.x);
    }
    std::uint64_t const status = std::to_underlying(value ? Status::ok : value.error());
    if (status == std::to_underlying(Status::no_memory))
        return false;  // there may be some when the reclaimer has been here
    if (system.reclaimer.is_idle()) [[likely]]
        return_from_call(&thread.frame(), status, value.value_or(0));
    thread.finish_call(status);
    thread.x[reg::a1] = value.value_or(0);
    return true;
}

void handle(Hart& hart)
{
    Thread& thread = *hart.current;
    Context context{hart, thread, *thread.process};
    std::uint64_t const number = number_of(thread);
    if (number >= abi::syscall_count)
        return thread.finish_call(static_cast<std::uint64_t>(-38));  // what Linux calls ENOSYS
    table[number].run(context);
}

}  // namespace kernel::syscall
