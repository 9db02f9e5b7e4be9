// System calls that need no lock and wait for nothing. trap.S calls them with the arguments in
// registers; objects that they find live until this hart has left the kernel.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/ipc/upcall.hpp"
#include "kernel/kernel.hpp"

namespace kernel {

namespace {

struct ShortResult {
    std::uint64_t status;
    std::uint64_t value;
};
using ShortCall = ShortResult (*)(std::uint64_t, std::uint64_t);

constexpr ShortResult long_way{~0ull, 0};  // as trap.S knows it
constexpr std::size_t most_calls = 64;

// The call needs more than can be done here: it is made again, the long way, with these arguments.
ShortResult go_the_long_way(abi::Syscall call, std::uint64_t first, std::uint64_t second)
{
    Frame& frame = *this_hart().current;
    frame.x[reg::a0] = first;
    frame.x[reg::a1] = second;
    frame.x[reg::a7] = abi::number(call);
    return long_way;
}

ShortResult nop(std::uint64_t, std::uint64_t) { return {}; }

ShortResult yield(std::uint64_t, std::uint64_t)
{
    Hart const& hart = this_hart();
    if (hart.ready.has_priority(hart.slice->priority))
        return go_the_long_way(abi::Syscall::yield, 0, 0);
    return {};
}

// Whoever begins to wait sets `attention`, fences, and looks at `pending`: one of the two sees the
// other. Then the bits are there already, and only the waking is left.
ShortResult signal(std::uint64_t handle, std::uint64_t bits)
{
    CapSpace const& caps = this_hart().current->process->caps;
    auto const found = caps.lookup<Notification>(static_cast<HandleValue>(handle), Right::signal);
    if (!found)
        return {std::to_underlying(found.error()), 0};
    Notification& notification = **found;
    notification.pending.fetch_or(bits, std::memory_order_release);
    arch::fence_all();
    if (notification.attention.load(std::memory_order_relaxed) != 0)
        return go_the_long_way(abi::Syscall::signal, handle, 0);
    return {};
}

ShortResult upcall_return(std::uint64_t entry, std::uint64_t)
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
    table[abi::Syscall::nop] = nop;
    table[abi::Syscall::yield] = yield;
    table[abi::Syscall::signal] = signal;
    table[abi::Syscall::upcall_return] = upcall_return;
    return table;
}

}  // namespace

static_assert(abi::syscall_count <= most_calls);

extern "C" constinit Table const short_calls = make_table();

}  // namespace kernel
