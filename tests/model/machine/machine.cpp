// The simulated machine.
#include "tests/model/machine/machine.hpp"
#include "kernel/arch/riscv64/traps.hpp"
#include "tests/model/machine/fiber.hpp"

namespace kernel {
constinit Kernel system;
}

namespace model {

Machine machine;
kernel::Hart* running_hart = &kernel::system.harts[0];

namespace {

Fiber fibers[kernel::max_harts];
std::function<void()> performed;

Fiber& fiber_of(Hart const& hart) { return fibers[hart.index]; }

// An exception's cause; an interrupt's is found when it is taken.
void set_cause(Hart const& hart, std::uint64_t cause, std::uint64_t address)
{
    cpus[hart.index].scause = cause;
    cpus[hart.index].stval = address;
}

std::uint64_t most_urgent(std::uint64_t pending)
{
    using kernel::arch::Scause;
    if ((pending & kernel::arch::Sie::external) != 0)
        return Scause::external_interrupt;
    if ((pending & kernel::arch::Sie::software) != 0)
        return Scause::software_interrupt;
    return Scause::timer_interrupt;
}

void do_performed()
{
    Hart& hart = kernel::this_hart();
    if (kernel::system.is_idle(hart)) {
        kernel::wake_up(hart);
    } else {
        save_registers(hart);
        kernel::system.lock.lock(hart);
    }
    performed();
    kernel::leave_kernel(hart);
}

}  // namespace

Cpu& cpu() { return cpus[running_hart->index]; }

void pause() { machine.set_aside(); }

void fall_asleep()
{
    machine.leave(*running_hart, Mode::asleep);
    __builtin_unreachable();
}

void broken(char const* reason) { machine.break_off(reason); }

void Machine::break_off(std::string reason)
{
    if (!runs_kernel_)
        throw Broken{reason};
    is_broken_ = true;
    reason_ = std::move(reason);
    fiber_of(*running_hart).leave();
    __builtin_unreachable();
}

void Machine::check_broken()
{
    if (!is_broken_)
        return;
    is_broken_ = false;
    throw Broken{reason_};
}

bool Machine::has_interrupt(Hart const& hart) const
{
    Cpu const& registers = cpus[hart.index];
    return (registers.pending() & registers.sie) != 0;
}

void Machine::begin(Hart& hart, void (*entry)())
{
    if (defers) {
        deferred[hart.index] = entry;
        return;
    }
    running_hart = &hart;
    state(hart).mode = Mode::inside;
    in_fast_path[hart.index] = false;
    runs_kernel_ = true;
    fiber_of(hart).start(entry);
    runs_kernel_ = false;
    check_broken();
}

void Machine::go_on(Hart& hart)
{
    running_hart = &hart;
    runs_kernel_ = true;
    fiber_of(hart).resume();
    runs_kernel_ = false;
    check_broken();
}

void Machine::leave(Hart& hart, Mode mode)
{
    state(hart).mode = mode;
    if (mode == Mode::user && observer != nullptr)
        observer->enters_user_mode(hart);
    fiber_of(hart).leave();
}

void Machine::set_aside() { fiber_of(*running_hart).leave(); }

// A hart in user mode has to come in when another one waits for it.
bool Machine::try_to_move(Hart& hart)
{
    if (state(hart).mode == Mode::inside) {
        go_on(hart);
        return true;
    }
    if (state(hart).mode == Mode::user && hart.fp_wanted != 0 && has_interrupt(hart)) {
        set_cause(hart, most_urgent(cpus[hart.index].pending()), 0);
        begin(hart, enter_by_interrupt);
        return true;
    }
    return false;
}

void Machine::settle()
{
    if (defers)
        return;
    constexpr unsigned most_rounds = 1000;
    bool moved = true;
    for (unsigned round = 0; moved; round++) {
        moved = false;
        if (round == most_rounds)
            break_off("harts wait for each other");
        for (unsigned i = 0; i < kernel::system.hart_count; i++)
            moved |= try_to_move(kernel::system.harts[(first + i) % kernel::system.hart_count]);
    }
}

void Machine::system_call(Hart& hart)
{
    set_cause(hart, kernel::arch::Scause::ecall_from_user, 0);
    begin(hart, enter_by_system_call);
    settle();
}

void Machine::interrupt(Hart& hart)
{
    if (!has_interrupt(hart))
        break_off("no interrupt is pending");
    if (state(hart).mode == Mode::asleep) {
        begin(hart, enter_by_waking);
    } else {
        set_cause(hart, most_urgent(cpus[hart.index].pending()), 0);
        begin(hart, enter_by_interrupt);
    }
    settle();
}

void Machine::fault(Hart& hart, std::uint64_t cause, std::uint64_t address)
{
    set_cause(hart, cause, address);
    begin(hart, enter_by_interrupt);
    settle();
}

void Machine::perform(Hart& hart, std::function<void()> action)
{
    performed = std::move(action);
    begin(hart, do_performed);
    settle();
}

void set_call(Hart& hart, abi::Syscall number, std::initializer_list<std::uint64_t> arguments)
{
    Frame& user = machine.state(hart).user;
    std::size_t at = kernel::reg::a0;
    for (std::uint64_t const argument : arguments)
        user.x[at++] = argument;
    while (at < kernel::reg::a7)
        user.x[at++] = 0;
    user.x[kernel::reg::a7] = abi::number(number);
}

}  // namespace model
