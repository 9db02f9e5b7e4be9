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

bool needs_lock(std::uint64_t number)
{
    switch (abi::Syscall{number}) {
    case abi::Syscall::map:
    case abi::Syscall::unmap:
    case abi::Syscall::protect:
    case abi::Syscall::memory_size:
    case abi::Syscall::nop:
    case abi::Syscall::upcall_return:
        return false;
    default:
        return true;
    }
}

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
    if (needs_lock(number))
        return false;
    Context context{hart, thread, *thread.process};
    Value const value = table[number](context);
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
