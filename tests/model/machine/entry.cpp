// What trap.S does, register by register: the ways into the kernel and out of it.
#include "kernel/arch/riscv64/traps.hpp"
#include "kernel/kernel.hpp"
#include "tests/model/machine/machine.hpp"
#include <algorithm>

namespace kernel {
extern "C" unsigned __int128 fast_call(std::uint64_t handle, std::uint64_t header);
extern "C" Thread* fast_reply(std::uint64_t status, std::uint64_t header);

// As syscall/short_calls.cpp has them.
struct ShortResult {
    std::uint64_t status;
    std::uint64_t value;
};
using Word = std::uint64_t;
using ShortCall = ShortResult (*)(Word, Word, Word, Word, Word, Word, Word, Word);
extern "C" ShortCall const short_calls[64];
extern "C" [[noreturn]] void end_long_call(Notification* signalled);
}  // namespace kernel

namespace model {

using namespace kernel;

namespace {

constexpr std::size_t callee_saved[] = {8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27};
constexpr std::size_t kept_by_return[] = {reg::pc, reg::sp, reg::gp, reg::tp};
constexpr std::uint64_t ecall_bytes = 4;

void copy_kept(Frame& to, Frame const& from)
{
    for (std::size_t const i : callee_saved)
        to.x[i] = from.x[i];
    for (std::size_t const i : kept_by_return)
        to.x[i] = from.x[i];
}

// The message registers stay; a0 and a1 are given, all others are zero.
void return_with_message(Frame const& kept, std::uint64_t a0, std::uint64_t a1)
{
    Frame& user = machine.state(this_hart()).user;
    Frame const before = user;
    user = {};
    copy_kept(user, kept);
    user.x[reg::a0] = a0;
    user.x[reg::a1] = a1;
    for (std::size_t i = reg::a2; i < reg::a7; i++)
        user.x[i] = before.x[i];
    machine.leave(this_hart(), Mode::user);
}

void enter_worker(Thread const& worker, std::uint64_t badge, std::uint64_t header)
{
    Frame entry{};
    entry.x[reg::pc] = arch::Sepc::read();
    entry.x[reg::sp] = worker.stack_pointer;
    entry.x[reg::gp] = worker.x[reg::gp];
    entry.x[reg::tp] = worker.x[reg::tp];
    return_with_message(entry, badge, header);
}

void save_arguments(Thread& thread, Frame const& user)
{
    for (std::size_t i = reg::a0; i <= reg::a7; i++)
        thread.x[i] = user.x[i];
}

Thread* try_reply(Hart const& hart, std::uint64_t status, std::uint64_t header)
{
    machine.in_fast_path[hart.index] = true;
    Thread* const caller = fast_reply(status, header);
    machine.in_fast_path[hart.index] = false;
    return caller;
}

unsigned __int128 try_call(Hart const& hart, std::uint64_t handle, std::uint64_t header)
{
    machine.in_fast_path[hart.index] = true;
    auto const entered = fast_call(handle, header);
    machine.in_fast_path[hart.index] = false;
    return entered;
}

void reply(Hart& hart, Frame const& user)
{
    if (Thread* const caller = try_reply(hart, user.x[reg::a0], user.x[reg::a1]))
        return return_with_message(*caller, user.x[reg::a0], user.x[reg::a1]);
    hart.current->x[reg::pc] = arch::Sepc::read() + ecall_bytes;
    save_arguments(*hart.current, user);
    system_call_trap();
}

void call(Hart& hart, Frame const& user)
{
    auto const entered = try_call(hart, user.x[reg::a0], user.x[reg::a1]);
    auto* const worker = reinterpret_cast<Thread*>(static_cast<std::uint64_t>(entered));
    if (worker != nullptr)
        return enter_worker(*worker, static_cast<std::uint64_t>(entered >> 64), user.x[reg::a1]);
    save_arguments(*hart.current, user);
    system_call_trap();
}

// As trap.S does it.
[[noreturn]] void call_shortly(Thread& thread, Frame const& user, ShortCall function)
{
    std::uint64_t const* const a = &user.x[reg::a0];
    auto const [status, value] = function(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
    if (status != ~0ull)
        return_from_call(&thread, status, value);
    end_long_call(reinterpret_cast<Notification*>(value));
}

void tell_observer(Hart& hart, Trap trap)
{
    if (machine.observer != nullptr)
        machine.observer->leaves_user_mode(hart, trap);
}

}  // namespace

void enter_by_system_call()
{
    Hart& hart = this_hart();
    Frame const user = machine.state(hart).user;
    tell_observer(hart, Trap::system_call);
    cpu().sepc = user.x[reg::pc];
    if (user.x[reg::a7] == abi::number(abi::Syscall::reply))
        return reply(hart, user);
    Thread& thread = *hart.current;
    copy_kept(thread, user);
    thread.x[reg::pc] += ecall_bytes;
    if (user.x[reg::a7] == abi::number(abi::Syscall::call))
        return call(hart, user);
    std::uint64_t const number = abi::number(abi::Syscall::call) - user.x[reg::a7];
    if (number < std::size(short_calls) && short_calls[number] != nullptr)
        call_shortly(thread, user, short_calls[number]);
    else
        save_arguments(thread, user);
    system_call_trap();
}

void save_registers(Hart& hart)
{
    tell_observer(hart, Trap::interrupt);
    std::ranges::copy(machine.state(hart).user.x, hart.current->x);
}

void enter_by_interrupt()
{
    save_registers(this_hart());
    user_trap();
}

void enter_by_waking()
{
    wake_up(this_hart());
    leave_kernel(this_hart());
}

}  // namespace model

namespace kernel {

void return_to_user(std::uint64_t const* registers)
{
    std::copy_n(registers, 32, model::machine.state(this_hart()).user.x);
    model::machine.leave(this_hart(), model::Mode::user);
    __builtin_unreachable();
}

void return_from_call(Frame const* frame, std::uint64_t status, std::uint64_t value)
{
    Frame& user = model::machine.state(this_hart()).user;
    user = {};
    model::copy_kept(user, *frame);
    user.x[reg::a0] = status;
    user.x[reg::a1] = value;
    model::machine.leave(this_hart(), model::Mode::user);
    __builtin_unreachable();
}

void save_fp(FpState* state) { *state = model::machine.state(this_hart()).fp; }
Thread* load_fp(Thread* thread, FpState const* state)
{
    model::machine.state(this_hart()).fp = *state;
    return thread;
}

}  // namespace kernel
