// Delivery of signals: an upcall finds the thread's registers in its message buffer, lays a frame
// on its stack and sends it to the handler; the handler's return is a system call that comes back
// here.
#include "lib/posix/exit_code.hpp"
#include "lib/sys/message_buffer.hpp"
#include "lib/sys/touch.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/process_stop.hpp"
#include "libc/posix/signal_actions.hpp"
#include "libc/posix/signal_thread.hpp"
#include "libc/sys/thread_memory.hpp"
#include <algorithm>
#include <cstring>
#include <new>
#include <sys/syscall.h>
#include <ucontext.h>
#include <utility>

extern "C" {
void posix_deliver();
void posix_return_from_handler();
void posix_save_floating_point(void* registers);
void posix_load_floating_point(void const* registers);
}

namespace posix {
namespace {

constexpr std::uint64_t deliver_call = 4096;
constexpr std::size_t ecall_bytes = 4;
constexpr int first_real_time_signal = 32;
constexpr std::size_t handler_stack_bytes = 8192;

namespace reg {
constexpr std::size_t pc = 0, ra = 1, sp = 2, a0 = 10, a1 = 11, a2 = 12, a7 = 17;
}

// What a handler finds on its stack.
struct Frame {
    siginfo_t info;
    ucontext_t context;
};

struct alignas(16) HandlerArea : sys::UpcallArea {
    alignas(16) std::byte stack[handler_stack_bytes];
};

constinit std::atomic<bool> expects_details = false;

// No variable of each thread: before there are any, memory for many is a system call.
constinit HandlerArea first_area{};

[[noreturn]] void end_by_signal(int signal)
{
    sys::exit(ended_by_signal | static_cast<std::uint64_t>(signal));
}

std::uint64_t stack_for(SignalThread const& thread, SignalAction const& action,
                        std::uint64_t stack_pointer)
{
    auto const begin = reinterpret_cast<std::uint64_t>(thread.alternate_stack);
    std::uint64_t const end = begin + thread.alternate_bytes;
    bool const is_on_it = stack_pointer > begin && stack_pointer <= end;
    bool const is_wanted =
        (action.flags & SA_ONSTACK) != 0 && thread.alternate_bytes != 0 && !is_on_it;
    return is_wanted ? end : stack_pointer;
}

// The thread, when it goes on, is in its handler for the signal.
void enter_handler(SignalThread& thread, abi::Upcall& upcall, siginfo_t const& info)
{
    int const signal = info.si_signo;
    SignalAction const action = signal_actions().of(signal);
    std::uint64_t const top = stack_for(thread, action, upcall.registers[reg::sp]);
    auto& frame = *reinterpret_cast<Frame*>((top - sizeof(Frame)) & ~std::uint64_t{15});
    frame.info = info;
    frame.context.uc_flags = 0;
    frame.context.uc_link = nullptr;
    frame.context.uc_stack = {.ss_sp = thread.alternate_stack,
                              .ss_flags = thread.alternate_bytes == 0 ? SS_DISABLE : 0,
                              .ss_size = thread.alternate_bytes};
    SignalSet const before = std::exchange(thread.restores_blocked, false) ? thread.blocked_before
                                                                           : thread.blocked.load();
    std::memset(&frame.context.uc_sigmask, 0, sizeof frame.context.uc_sigmask);
    std::memcpy(&frame.context.uc_sigmask, &before, sizeof before);
    std::ranges::copy(upcall.registers, frame.context.uc_mcontext.__gregs);
    posix_save_floating_point(&frame.context.uc_mcontext.__fpregs);

    thread.blocked |= action.mask | ((action.flags & SA_NODEFER) != 0 ? 0 : set_of(signal));
    if ((action.flags & SA_RESTART) == 0)
        thread.handlers_run = HandlersRun::without_restart;
    else if (thread.handlers_run == HandlersRun::none)
        thread.handlers_run = HandlersRun::with_restart;
    if ((action.flags & SA_RESETHAND) != 0)
        signal_actions().reset(signal);

    upcall.registers[reg::pc] = action.handler;
    upcall.registers[reg::ra] = reinterpret_cast<std::uint64_t>(&posix_return_from_handler);
    upcall.registers[reg::sp] = reinterpret_cast<std::uint64_t>(&frame);
    upcall.registers[reg::a0] = static_cast<std::uint64_t>(signal);
    upcall.registers[reg::a1] = reinterpret_cast<std::uint64_t>(&frame.info);
    upcall.registers[reg::a2] = reinterpret_cast<std::uint64_t>(&frame.context);
}

void leave_handler(SignalThread& thread, abi::Upcall& upcall)
{
    auto const& frame = *reinterpret_cast<Frame const*>(upcall.registers[reg::sp]);
    SignalSet blocked;
    std::memcpy(&blocked, &frame.context.uc_sigmask, sizeof blocked);
    set_blocked(thread, blocked);
    std::ranges::copy(frame.context.uc_mcontext.__gregs, upcall.registers);
    posix_load_floating_point(&frame.context.uc_mcontext.__fpregs);
}

// What no handler puts off comes first.
int next_of(SignalSet ready)
{
    return first_of((ready & never_blocked) != 0 ? ready & never_blocked : ready);
}

// Takes signals until one has a handler to go to. Context: the thread is not in a system call.
void deliver_pending(SignalThread& thread, abi::Upcall& upcall)
{
    while (SignalSet const ready = thread.deliverable()) {
        int const signal = next_of(ready);
        bool const was_sent = (thread.own & set_of(signal)) == 0;
        thread.pending &= ~set_of(signal);
        if (set_of(signal) == halt) {
            stand_still(thread);
            continue;
        }
        auto const info = take_details(thread, signal);
        if (!info)
            continue;
        switch (signal_actions().disposition(signal)) {
        case Disposition::terminate:
            end_by_signal(signal);
        case Disposition::stop:
            stop_process(thread, signal, was_sent);
            break;
        case Disposition::ignore:
            break;
        case Disposition::handle:
            return enter_handler(thread, upcall, *info);
        }
    }
}

// In the middle of a system call. Whoever would end by it does so now; otherwise the next thing
// that the call would wait for does not wait.
void hasten_call(SignalThread& thread)
{
    for (SignalSet ready = thread.deliverable() & ~halt; ready != 0; ready &= ready - 1)
        if (signal_actions().disposition(first_of(ready)) == Disposition::terminate)
            end_by_signal(first_of(ready));
    bool const ends = thread.deliverable() != 0 || (thread.pending & thread.awaited) != 0 ||
                      has_other_taker(thread);
    if (ends)
        (void)sys::interrupt(sys::own_thread);
}

int signal_of_fault(sys::UpcallReason const& reason)
{
    if (reason.trouble == Status::lease_fault)
        return SIGBUS;  // the file has no such page
    switch (reason.cause) {
    case 2:
        return SIGILL;
    case 3:
        return SIGTRAP;
    case 4:
    case 6:
        return SIGBUS;
    default:
        return SIGSEGV;
    }
}

// The kernel reads a word there: what it may read is mapped, so that the access was at fault.
bool can_be_read(std::uint64_t address)
{
    auto const* const word =
        reinterpret_cast<std::uint32_t const*>(address & ~std::uint64_t{sizeof(std::uint32_t) - 1});
    auto const looked = sys::futex_wait(word, 0, 0);
    return looked || looked.error() != Status::bad_address;
}

int code_of_fault(int signal, sys::UpcallReason const& reason)
{
    switch (signal) {
    case SIGSEGV:
        return can_be_read(reason.address) ? SEGV_ACCERR : SEGV_MAPERR;
    case SIGBUS:
        return reason.trouble == Status::lease_fault ? BUS_ADRERR : BUS_ADRALN;
    case SIGILL:
        return ILL_ILLOPC;
    default:
        return TRAP_BRKPT;
    }
}

// A fault is not put off: with nobody to handle it, it is the end; so is a lack of memory, in which
// no handler would get far.
void deliver_fault(SignalThread& thread, abi::Upcall& upcall, sys::UpcallReason const& reason)
{
    if (sys::is_touch(upcall.registers[reg::pc])) {  // for a system call, which fails
        upcall.registers[reg::pc] = sys::address_of(sys_touch_failed);
        return;
    }
    if (reason.trouble == Status::no_memory)
        sys::exit(ended_out_of_memory);
    int const signal = signal_of_fault(reason);
    bool const is_blocked = (thread.blocked & set_of(signal)) != 0;
    if (is_blocked || signal_actions().disposition(signal) != Disposition::handle)
        end_by_signal(signal);
    siginfo_t info{};
    info.si_signo = signal;
    info.si_code = code_of_fault(signal, reason);
    info.si_addr = reinterpret_cast<void*>(reason.address);
    thread.in_call = false;
    enter_handler(thread, upcall, info);
}

void take_system_call(SignalThread& thread, abi::Upcall& upcall)
{
    switch (upcall.registers[reg::a7]) {
    case SYS_rt_sigreturn:
        leave_handler(thread, upcall);
        break;
    case deliver_call:
        upcall.registers[reg::pc] += ecall_bytes;
        break;
    default:  // Linux's, in a program that was not built for Baton
        upcall.registers[reg::pc] += ecall_bytes;
        upcall.registers[reg::a0] = static_cast<std::uint64_t>(-ENOSYS);
        return;
    }
    deliver_pending(thread, upcall);
}

void handle_upcall(sys::UpcallArea& area, sys::UpcallReason const& reason)
{
    SignalThread& thread = *signal_thread();
    abi::Upcall& upcall = *area.upcall;
    take_sent(thread, sys::take_bits(upcall));
    if (reason.cause == abi::upcall_by_system_call)
        return take_system_call(thread, upcall);
    if (reason.cause != abi::upcall_by_thread)
        return deliver_fault(thread, upcall, reason);
    if (thread.in_call)
        return hasten_call(thread);
    pass_on(thread);
    deliver_pending(thread, upcall);
}

// The call may be ended by the signal itself.
Result<SignalDetails> details_of(SignalThread const& thread, int signal)
{
    auto const server = TRY(door());
    for (;;) {
        auto const details =
            server->signal_details(static_cast<std::uint32_t>(signal), thread.number);
        if (details || details.error() != Status::interrupted)
            return details;
    }
}

std::uint64_t own_thread_pointer()
{
    std::uint64_t value;
    asm("mv %0, tp" : "=r"(value));
    return value;
}

}  // namespace

// Of a signal that was sent from outside, if the handler wants to know or it can come in numbers.
std::optional<siginfo_t> take_details(SignalThread& thread, int signal)
{
    siginfo_t info{};
    info.si_signo = signal;
    info.si_code = SI_TKILL;
    info.si_pid = static_cast<pid_t>(own_process_number());
    bool const comes_in_numbers = signal >= first_real_time_signal;
    bool const is_wanted = comes_in_numbers || expects_details ||
                           (thread.awaited & set_of(signal)) != 0 ||
                           (signal_actions().of(signal).flags & SA_SIGINFO) != 0;
    if ((thread.own.fetch_and(~set_of(signal)) & set_of(signal)) != 0 || !is_wanted)
        return info;
    info.si_code = SI_USER;
    auto const details = details_of(thread, signal);
    if (!details)
        return comes_in_numbers ? std::nullopt : std::optional{info};
    if (details->more)
        thread.pending |= set_of(signal);
    info.si_code = details->code;
    info.si_pid = details->process;  // the same words are a timer's number and overrun
    info.si_uid = details->user;
    if (signal == SIGCHLD && details->code > 0)
        info.si_status = details->status;
    else
        info.si_value.sival_ptr = reinterpret_cast<void*>(details->value);
    return info;
}

void expect_details() { expects_details = true; }

bool make_area(SignalThread& thread)
{
    if (thread.area != nullptr)
        return true;
    auto* const area = new (std::nothrow) HandlerArea;
    if (area == nullptr)
        return false;
    area->stack_top = sys::address_of(area->stack + handler_stack_bytes);
    thread.area = area;
    return true;
}

void start_signals(SignalThread& thread)
{
    if (thread.area == nullptr) {
        first_area.stack_top = sys::address_of(first_area.stack + handler_stack_bytes);
        thread.area = &first_area;
    }
    sys::UpcallArea& area = *thread.area;
    area.global_pointer = libc::global_pointer();
    area.thread_pointer = own_thread_pointer();
    area.handle = handle_upcall;
    area.upcall = &sys::message_buffer().upcall;
    sys::take_upcalls(area);
    // They came before the handler.
    take_sent(thread, doorbell);
    if (std::atomic_ref{area.upcall->bits}.load() != 0 || thread.deliverable() != 0)
        posix_deliver();
}

// Bits in the copied buffer may be the parent's. Those that were sent to the child until it is
// ready for them, only the server can tell.
void restart_signals_in_child()
{
    (void)sys::hold_upcalls(sys::message_buffer().upcall);
    (void)sys::take_bits(sys::message_buffer().upcall);
    stay_alone();
    auto const server = door();
    auto const sent = server ? (*server)->begun() : fail(server.error());
    SignalThread& thread = *signal_thread();
    // What came on the way to the server is in its answer, too: it is one signal.
    thread.pending = (sent ? *sent : 0) | sys::take_bits(sys::message_buffer().upcall);
    start_signals(thread);
}

HandlersRun deliver_signals(SignalThread& thread)
{
    thread.handlers_run = HandlersRun::none;
    posix_deliver();
    return thread.handlers_run;
}

}  // namespace posix
