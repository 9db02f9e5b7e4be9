// System calls that wait for nothing, not even for the kernel lock if they need it. trap.S calls
// them with the arguments in registers; objects that they find live until this hart has left the
// kernel.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/ipc/upcall.hpp"
#include "kernel/syscall/table.hpp"

namespace kernel {

namespace {

using Word = std::uint64_t;  // a0 to a7

struct ShortResult {
    Word status;
    Word value;
};
using ShortCall = ShortResult (*)(Word, Word, Word, Word, Word, Word, Word, Word);

constexpr ShortResult long_way{~0ull, 0};  // as trap.S knows it
constexpr std::size_t most_calls = 64;

// The call needs more than can be done here: it is made again, the long way, with these arguments.
ShortResult go_the_long_way(abi::Syscall call, Word first, Word second)
{
    Frame& frame = *this_hart().current;
    frame.x[reg::a0] = first;
    frame.x[reg::a1] = second;
    frame.x[reg::a7] = abi::number(call);
    return long_way;
}

// A function that looks at the first two arguments only.
template <ShortResult (*function)(Word, Word), class... Words>
ShortResult simple(Word first, Word second, Words...)
{
    return function(first, second);
}

// A function that finds its arguments in the frame, as on the long way. That is where the call goes
// on if it is not done yet, or when there is more memory. One that needs the lock has it, if it is
// free; it makes no thread ready.
template <syscall::Value (*function)(syscall::Context&), bool locks = false, class... Words>
[[gnu::flatten]] ShortResult framed(Words... arguments)
{
    Hart& hart = this_hart();
    Thread& thread = *hart.current;
    std::size_t next = reg::a0;
    ((thread.x[next++] = arguments), ...);
    if (locks && !system.lock.try_lock())
        return long_way;
    syscall::Context context{hart, thread, *thread.process};
    syscall::Value const value = function(context);
    if (locks)
        system.lock.unlock();
    if (value && !context.goes_on_later && system.reclaimer.is_idle()) [[likely]]
        return {0, *value};
    if (context.goes_on_later || (!value && value.error() == Status::no_memory))
        return long_way;
    if (!system.reclaimer.is_idle())
        arch::Sip::set(arch::Sip::software);  // the hart comes back for what has been dropped
    return {std::to_underlying(value ? Status::ok : value.error()), value.value_or(0)};
}

ShortResult nop(Word, Word) { return {}; }

ShortResult yield(Word, Word)
{
    Hart const& hart = this_hart();
    if (hart.ready.has_priority(hart.slice->priority))
        return go_the_long_way(abi::Syscall::yield, 0, 0);
    return {};
}

// Whoever begins to wait sets `attention`, fences, and looks at `pending`: one of the two sees the
// other. Then the bits are there already, and only the waking is left.
ShortResult signal(Word handle, Word bits)
{
    CapSpace const& caps = this_hart().current->process->caps;
    auto const found = caps.look_up<Notification>(handle, Right::signal);
    if (!found)
        return {std::to_underlying(found.error()), 0};
    Notification& notification = *found->object;
    notification.pending.fetch_or(bits, std::memory_order_release);
    arch::fence_all();
    if (notification.attention.load(std::memory_order_relaxed) == 0)
        return {};
    if (system.lock.try_lock())
        return {long_way.status, reinterpret_cast<Word>(&notification)};
    return go_the_long_way(abi::Syscall::signal, handle, 0);
}

ShortResult upcall_return(Word entry, Word)
{
    ipc::return_from_upcall(*this_hart().current, entry);
    return {std::to_underlying(Status::busy), 0};
}

struct Table {
    ShortCall calls[most_calls]{};
    constexpr ShortCall& operator[](abi::Syscall call) { return calls[std::to_underlying(call)]; }
};

constexpr Table make_table()
{
    Table table;
    table[abi::Syscall::nop] = simple<nop>;
    table[abi::Syscall::yield] = simple<yield>;
    table[abi::Syscall::signal] = simple<signal>;
    table[abi::Syscall::map] = framed<syscall::map>;
    table[abi::Syscall::unmap] = framed<syscall::unmap>;
    table[abi::Syscall::protect] = framed<syscall::protect>;
    table[abi::Syscall::lease_read] = framed<syscall::lease_read, true>;
    table[abi::Syscall::lease_write] = framed<syscall::lease_write, true>;
    table[abi::Syscall::endpoint_create] = framed<syscall::endpoint_create, true>;
    table[abi::Syscall::duplicate] = framed<syscall::duplicate, true>;
    table[abi::Syscall::memory_size] = framed<syscall::memory_size>;
    table[abi::Syscall::upcall_return] = simple<upcall_return>;
    return table;
}

}  // namespace

static_assert(abi::syscall_count <= most_calls);

extern "C" constinit Table const short_calls = make_table();

// What trap.S does with a call that was not short, when it has saved the thread: all of it, or what
// is left of a signal, for which the lock has been taken.
extern "C" [[noreturn]] void end_long_call(Notification* signalled)
{
    if (signalled == nullptr)
        system_call_trap();
    ipc::signal_and_leave(this_hart(), *signalled);
}

}  // namespace kernel
