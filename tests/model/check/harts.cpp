// Harts: what they run, what they must not forget.
#include "tests/model/check/survey.hpp"
#include "tests/model/machine/machine.hpp"

namespace model {

namespace {

using kernel::arch::Sstatus;

std::uint32_t best_priority(Hart const& hart)
{
    Slice const* const best = hart.ready.best();
    return best != nullptr ? best->priority + 1 : 0;
}

void check_user_mode(Hart const& hart, Cpu const& cpu)
{
    require(hart.current != nullptr && hart.slice != nullptr, "user mode has a thread", &hart);
    Thread const& thread = *hart.current;
    require(is_alive(thread), "what runs is alive", &thread);
    Process const& process = *thread.process;
    require(cpu.satp == process.space.satp(), "a thread runs in its address space", &hart);
    bool const fp_is_on = (cpu.sstatus & Sstatus::fs_mask) != 0;
    require(fp_is_on == (hart.fp_owner == &thread),
            "floating-point is on for the owner of the registers only", &hart);
    bool const called = machine.has_interrupt(hart);
    abi::Upcall const& upcall = thread.buffer->upcall;
    require(called || thread.pool != nullptr || upcall.bits == 0 || upcall.entry == 0,
            "a thread that was sent for is in its handler", &thread);
    require(called || best_priority(hart) <= hart.slice->priority + 1,
            "what has a higher priority runs first", &hart);
    require(called || (hart.slice->allowed_harts & hart.bit) != 0, "a slice runs where it may",
            &hart);
    require(called || hart.slice->payer != nullptr, "somebody pays for what runs", &hart);
}

void check_asleep(Hart const& hart)
{
    require(hart.current == nullptr && hart.slice == nullptr, "a hart asleep runs nothing", &hart);
    require(system.is_idle(hart), "a hart asleep says so", &hart);
    require(hart.fp_owner == nullptr, "a hart asleep has put the registers away", &hart);
}

bool is_anyone_called()
{
    for (std::size_t i = 0; i < system.hart_count; i++)
        if (machine.has_interrupt(system.harts[i]))
            return true;
    return false;
}

// Whether a hart that is asleep could run something.
bool is_anything_left()
{
    for (std::size_t i = 0; i < system.hart_count; i++)
        for (std::size_t j = 0; j < system.hart_count && machine.states[i].mode == Mode::asleep;
             j++)
            if (system.harts[j].ready.best_for(system.harts[i].bit) != nullptr)
                return true;
    return false;
}

void check_timers(Hart const& hart, Cpu const& cpu)
{
    require(machine.has_interrupt(hart) || cpu.stimecmp <= system.scheduler.next_deadline(hart),
            "the hart's timer fires when it must", &hart);
    for (Timer* timer = hart.timers.tree_.first(); timer != nullptr;
         timer = hart.timers.tree_.next(*timer))
        require(timer->queue == &hart.timers, "a timer that is armed knows its queue", timer);
}

}  // namespace

void check_harts()
{
    for (std::size_t i = 0; i < system.hart_count; i++) {
        Hart const& hart = system.harts[i];
        if (hart.fp_owner != nullptr)
            require(is_alive(known(*hart.fp_owner)), "who owns the registers lives", &hart);
        switch (machine.states[i].mode) {
        case Mode::user:
            check_user_mode(hart, cpus[i]);
            break;
        case Mode::asleep:
            check_asleep(hart);
            break;
        case Mode::inside:
            fails("between steps no hart is in the kernel", &hart);
        }
        check_timers(hart, cpus[i]);
    }
    require(!is_anything_left() || is_anyone_called(),
            "no hart sleeps while there is something to run");
    require(system.lock.word_ == 0, "between steps nobody holds the lock");
}

}  // namespace model
