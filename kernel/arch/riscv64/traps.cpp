// From user mode into the kernel.
#include "kernel/arch/riscv64/traps.hpp"
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/fp.hpp"
#include "kernel/debug/report.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/ipc/upcall.hpp"
#include "kernel/sched/lending.hpp"
#include "kernel/syscall/table.hpp"

namespace kernel {

using arch::Scause;

namespace {

// Takes the kernel lock. False if another hart has meanwhile changed what this one runs, so that
// the trap is nobody's any more.
bool enter_kernel(Hart& hart)
{
    Thread const* const before = hart.current;
    system.lock.lock(hart);
    return hart.current == before && before->state == Thread::State::running;
}

void handle_timer(Timer& timer)
{
    switch (timer.kind) {
    case Timer::Kind::thread:
        return ipc::deadline_passed(*static_cast<Thread::Deadline&>(timer).thread);
    case Timer::Kind::refill:
        return lending::settle(*static_cast<Slice::Refill&>(timer).slice);
    case Timer::Kind::notification:
        auto& armed = static_cast<NotificationTimer&>(timer);
        armed.is_due = armed.period != 0;
        return ipc::signal(*armed.target, armed.bits);
    }
}

void handle_timers(Hart& hart)
{
    Ticks const now = arch::Time::read();
    hart.programmed = 0;
    hart.resched = true;
    system.scheduler.sample(hart);
    constexpr int most = 64;  // then others have a turn; the hart's timer fires again at once
    for (int i = 0; i < most; i++) {
        Timer* const timer = hart.timers.take_expired(now);
        if (timer == nullptr)
            return;
        handle_timer(*timer);
    }
}

void handle_external(Hart& hart)
{
    while (Interrupt* const interrupt = system.plic.claim(hart.index)) {
        interrupt->claimed = true;
        ipc::signal(*interrupt->target, interrupt->bits);
    }
}

// What a page fault asks for; 0: it was something else.
std::uint64_t access_of(std::uint64_t cause)
{
    switch (cause) {
    case Scause::fetch_page_fault:
        return Access::execute;
    case Scause::load_page_fault:
        return Access::read;
    case Scause::store_page_fault:
        return Access::write;
    default:
        return 0;
    }
}

// Without the kernel lock, too.
Result<> resolve_page_fault(Thread& thread, std::uint64_t access, VirtAddr address)
{
    VirtAddr const page = round_down(address, page_size);
    (void)TRY(thread.process->space.resolve(page, access));
    if (thread.last_fault == page)  // the hart may remember that the entry was not valid
        arch::flush_page(page);
    thread.last_fault = page;
    return {};
}

bool resolve_fp_use(Hart& hart, std::uint64_t cause)
{
    if (cause != Scause::illegal_instruction || hart.fp_owner == hart.current)
        return false;
    arch::take_fp(hart);
    return true;
}

// `trouble` is why the page cannot be had, if it is a page fault.
void handle_exception(Hart& hart, std::uint64_t cause, VirtAddr address, Status trouble)
{
    Thread& thread = *hart.current;
    if (trouble == Status::no_memory) {
        auto const resolved = system.reclaimer.with_memory(
            hart, [&] { return resolve_page_fault(thread, access_of(cause), address); });
        if (resolved)
            return;
        trouble = resolved.error();
    }
    if (resolve_fp_use(hart, cause))
        return;
    if (trouble == Status::lease_fault && ipc::call_pager(hart, address))
        return;
    if (ipc::send_to_handler(thread, cause, address, trouble))
        return;
    debug::write_report(thread, cause, address);
    thread.process->report->fault_status = std::to_underlying(trouble);
    if (ipc::call_fault_handler(hart, cause, address))
        return;
    thread.process->end(abi::EndReason::exception, cause);
}

}  // namespace

void take_interrupt(Hart& hart, std::uint64_t cause)
{
    if (cause == Scause::timer_interrupt) {
        handle_timers(hart);
    } else if (cause == Scause::external_interrupt) {
        handle_external(hart);
    } else {
        arch::Sip::clear(arch::Sip::software);
        hart.resched = true;
    }
}

void system_call_trap()
{
    Hart& hart = this_hart();
    hart.in_system_call = true;
    bool const current = enter_kernel(hart);
    hart.in_system_call = false;
    if (current)
        syscall::handle(hart);
    leave_kernel(hart);
}

void user_trap()
{
    Hart& hart = this_hart();
    std::uint64_t const cause = Scause::read();
    VirtAddr const address = arch::Stval::read();
    Status trouble = Status::ok;
    if (std::uint64_t const access = access_of(cause); access != 0) {
        trouble = to_status(resolve_page_fault(*hart.current, access, address));
        if (trouble == Status::ok) [[likely]]
            return_to_user(hart.current->x);
    }
    bool const current = enter_kernel(hart);
    if ((cause & Scause::interrupt) != 0)
        take_interrupt(hart, cause);
    else if (current)
        handle_exception(hart, cause, address, trouble);
    leave_kernel(hart);
}

}  // namespace kernel
