// System calls: numbers to functions.
#include "kernel/syscall/table.hpp"
#include "kernel/arch/riscv64/traps.hpp"
#include "kernel/ipc/ipc.hpp"

namespace kernel::syscall {

namespace {

constexpr Value (*table[])(Context&) = {
#define SYSCALL(name) name,
#include "abi/syscall.def"
#undef SYSCALL
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

void handle(Hart& hart)
{
    Thread& thread = *hart.current;
    Context context{hart, thread, *thread.process};
    std::uint64_t const number = number_of(thread);
    if (number >= abi::syscall_count)
        return thread.finish_call(static_cast<std::uint64_t>(-38));  // what Linux calls ENOSYS
    Value const value = system.reclaimer.with_memory(hart, [&] {
        Value made = table[number](context);
        if (!made)
            context.return_loan();
        return made;
    });
    if (context.goes_on_later)
        return thread.ask_again();
    if (!context.is_settled)
        leave_with(hart, thread, value);
}

}  // namespace kernel::syscall
