// Signals: handlers, masks, nesting, the alternate stack, contexts that are changed, timers.
#include "tests/posix/check.h"
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <ucontext.h>

static sig_atomic_t volatile order[8];
static sig_atomic_t volatile events = 0;

static void note(int signal) { order[events++ % 8] = signal; }

static void set_handler(int signal, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigemptyset(&action.sa_mask);
    REQUIRE(sigaction(signal, &action, NULL) == 0);
}

static void set_information_handler(int signal, void (*handler)(int, siginfo_t*, void*), int flags)
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = flags | SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    REQUIRE(sigaction(signal, &action, NULL) == 0);
}

static bool masks(void)
{
    events = 0;
    set_handler(SIGUSR2, note, 0);
    sigset_t own;
    raise(SIGUSR2);
    CHECK(events == 1);
    events = 0;
    set_handler(SIGUSR1, note, 0);
    sigemptyset(&own);
    sigaddset(&own, SIGUSR1);
    CHECK(sigprocmask(SIG_BLOCK, &own, NULL) == 0);
    raise(SIGUSR1);
    sigset_t pending;
    CHECK(sigpending(&pending) == 0 && sigismember(&pending, SIGUSR1) == 1 && events == 0);
    CHECK(sigprocmask(SIG_UNBLOCK, &own, NULL) == 0 && events == 1);
    return true;
}

static void inner(int signal) { note(signal); }

static void outer(int signal)
{
    note(signal);
    raise(SIGUSR2);
    note(signal);
}

static bool nested_handlers(void)
{
    events = 0;
    set_handler(SIGUSR1, outer, 0);
    set_handler(SIGUSR2, inner, 0);
    raise(SIGUSR1);
    CHECK(events == 3 && order[0] == SIGUSR1 && order[1] == SIGUSR2 && order[2] == SIGUSR1);
    set_handler(SIGUSR1, inner, (int)SA_RESETHAND);
    raise(SIGUSR1);
    struct sigaction action;
    CHECK(sigaction(SIGUSR1, NULL, &action) == 0 && action.sa_handler == SIG_DFL);
    return true;
}

static void* volatile fault_address;
static int volatile fault_code;

// Goes on behind the instruction that failed.
static void skip_instruction(int signal, siginfo_t* info, void* context)
{
    (void)signal;
    ucontext_t* const registers = context;
    fault_address = info->si_addr;
    fault_code = info->si_code;
    uintptr_t const pc = registers->uc_mcontext.__gregs[0];
    bool const is_short = (*(uint16_t const*)pc & 3) != 3;
    registers->uc_mcontext.__gregs[0] += is_short ? 2 : 4;
    registers->uc_mcontext.__gregs[10] = 77;  // a0
}

static bool changed_contexts(void)
{
    set_information_handler(SIGSEGV, skip_instruction, 0);
    long value;
    __asm__ volatile("li a0, 0x1230\n"
                     "ld a0, 0(a0)\n"
                     "mv %0, a0"
                     : "=r"(value)
                     :
                     : "a0", "memory");
    CHECK(value == 77 && fault_address == (void*)0x1230 && fault_code == SEGV_MAPERR);
    char* const page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(page != MAP_FAILED);
    __asm__ volatile("mv a0, %0\n"
                     "sd zero, 8(a0)"
                     :
                     : "r"(page)
                     : "a0", "memory");
    CHECK(fault_address == page + 8);
    CHECK(fault_code == SEGV_ACCERR);
    set_information_handler(SIGILL, skip_instruction, 0);
    __asm__ volatile(".word 0xffffffff" ::: "a0", "memory");
    CHECK(munmap(page, 4096) == 0);
    signal(SIGSEGV, SIG_DFL);
    return true;
}

static sigjmp_buf overflow_point;
static bool volatile was_on_alternate;
static char alternate[16384];

static void leave_overflow(int signal)
{
    (void)signal;
    char here;
    was_on_alternate = &here >= alternate && &here < alternate + sizeof alternate;
    siglongjmp(overflow_point, 1);
}

static int __attribute__((noinline)) overflow(int depth)
{
    char volatile frame[512];
    frame[depth % 512] = (char)depth;
    return depth < 0 ? 0 : overflow(depth + 1) + frame[depth % 512];
}

static bool a_stack_overflow_is_caught(void)
{
    stack_t const stack = {.ss_sp = alternate, .ss_size = sizeof alternate, .ss_flags = 0};
    CHECK(sigaltstack(&stack, NULL) == 0);
    set_handler(SIGSEGV, leave_overflow, SA_ONSTACK);
    if (sigsetjmp(overflow_point, 1) == 0)
        (void)overflow(0);
    CHECK(was_on_alternate);
    signal(SIGSEGV, SIG_DFL);
    stack_t const none = {.ss_flags = SS_DISABLE};
    CHECK(sigaltstack(&none, NULL) == 0);
    return true;
}

static bool interrupted_and_restarted_calls(void)
{
    int ends[2];
    CHECK(pipe(ends) == 0);
    struct itimerval const soon = {.it_value = {.tv_usec = 20000}};
    set_handler(SIGALRM, note, 0);
    CHECK(setitimer(ITIMER_REAL, &soon, NULL) == 0);
    char byte;
    CHECK(read(ends[0], &byte, 1) == -1 && errno == EINTR);
    set_handler(SIGALRM, note, SA_RESTART);
    pid_t const child = fork();
    if (child == 0) {
        usleep(200000);
        _exit(write(ends[1], "x", 1) == 1 ? 0 : 1);
    }
    events = 0;
    CHECK(setitimer(ITIMER_REAL, &soon, NULL) == 0);
    CHECK(read(ends[0], &byte, 1) == 1 && events == 1);
    CHECK(waitpid(child, NULL, 0) == child);
    CHECK(setitimer(ITIMER_REAL, &soon, NULL) == 0);
    CHECK(usleep(5000000) == -1 && errno == EINTR);  // whatever the handler's flags
    return true;
}

static int volatile ticks = 0;
static void tick(int signal)
{
    (void)signal;
    ++ticks;
}

static bool a_timer_interrupts_a_loop(void)
{
    set_handler(SIGALRM, tick, 0);
    struct itimerval const often = {.it_value = {.tv_usec = 10000},
                                    .it_interval = {.tv_usec = 10000}};
    CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
    while (ticks < 5)
        ;  // a loop that makes no calls is interrupted too
    struct itimerval const never = {0};
    CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
    return true;
}

static bool handlers_leave_floating_point_alone(void)
{
    set_handler(SIGALRM, tick, 0);
    struct itimerval const often = {.it_value = {.tv_usec = 2000},
                                    .it_interval = {.tv_usec = 2000}};
    CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
    int const before = ticks;
    double sum = 0;
    for (int round = 0; ticks < before + 5; ++round) {
        sum = 0;
        for (int i = 1; i <= 1000; ++i)
            sum += 0.5 * i;
        CHECK(sum == 250250.0);
    }
    struct itimerval const never = {0};
    CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
    return true;
}

static siginfo_t volatile seen;
static int volatile sum = 0;

static void add_value(int signal, siginfo_t* info, void* context)
{
    (void)signal;
    (void)context;
    seen = *info;
    sum = sum * 10 + info->si_value.sival_int;
}

static sigset_t set_of(int signal)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    return set;
}

// As often as it was sent, in that order, each with its value.
static bool values(void)
{
    int const signal = SIGRTMIN + 1;
    set_information_handler(signal, add_value, 0);
    sigset_t const own = set_of(signal);
    CHECK(sigprocmask(SIG_BLOCK, &own, NULL) == 0);
    for (int i = 1; i <= 3; ++i)
        CHECK(sigqueue(getpid(), signal, (union sigval){.sival_int = i}) == 0);
    CHECK(sum == 0 && sigprocmask(SIG_UNBLOCK, &own, NULL) == 0);
    CHECK(sum == 123 && seen.si_code == SI_QUEUE && seen.si_pid == getpid());
    CHECK(sigprocmask(SIG_BLOCK, &own, NULL) == 0);
    int sent = 0;
    while (sigqueue(getpid(), signal, (union sigval){.sival_int = 0}) == 0)
        ++sent;
    CHECK(errno == EAGAIN && sent >= _POSIX_SIGQUEUE_MAX);
    CHECK_FAILS(sigqueue(getpid(), 65, (union sigval){.sival_int = 0}), EINVAL);
    CHECK_FAILS(sigqueue(32000, signal, (union sigval){.sival_int = 0}), ESRCH);
    return true;
}

static bool senders(void)
{
    set_information_handler(SIGUSR1, add_value, 0);
    pid_t const child = fork();
    if (child == 0)
        _exit(kill(getppid(), SIGUSR1) == 0 ? 7 : 1);
    int status;
    while (waitpid(child, &status, 0) == -1)
        CHECK(errno == EINTR);
    CHECK(WEXITSTATUS(status) == 7);
    CHECK(seen.si_signo == SIGUSR1 && seen.si_code == SI_USER && seen.si_pid == child);
    raise(SIGUSR1);
    CHECK(seen.si_code == SI_TKILL && seen.si_pid == getpid());
    return true;
}

static bool awaited_signals(void)
{
    sigset_t awaited = set_of(SIGUSR2);
    sigaddset(&awaited, SIGCHLD);
    CHECK(sigprocmask(SIG_BLOCK, &awaited, NULL) == 0);
    set_handler(SIGCHLD, note, 0);
    struct timespec const soon = {.tv_nsec = 20000000};
    siginfo_t info;
    CHECK_FAILS(sigtimedwait(&awaited, &info, &soon), EAGAIN);
    pid_t child = fork();
    if (child == 0)
        _exit(9);
    CHECK(sigwaitinfo(&awaited, &info) == SIGCHLD);
    CHECK(info.si_pid == child && info.si_code == CLD_EXITED && info.si_status == 9);
    CHECK(waitpid(child, NULL, 0) == child);
    child = fork();
    if (child == 0)
        for (;;)
            pause();
    CHECK(kill(child, SIGTERM) == 0 && sigwaitinfo(&awaited, &info) == SIGCHLD);
    CHECK(info.si_pid == child && info.si_code == CLD_KILLED && info.si_status == SIGTERM);
    CHECK(waitpid(child, NULL, 0) == child);
    raise(SIGUSR2);
    CHECK(sigwaitinfo(&awaited, &info) == SIGUSR2 && info.si_pid == getpid() && events == 0);
    set_handler(SIGALRM, note, SA_RESTART);
    struct itimerval const alarm = {.it_value = {.tv_usec = 20000}};
    CHECK(setitimer(ITIMER_REAL, &alarm, NULL) == 0);
    struct timespec const later = {.tv_nsec = 200000000};
    CHECK_FAILS(sigtimedwait(&awaited, &info, &later), EAGAIN);  // musl waits on after handlers
    CHECK(events == 1);
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(masks),
    CASE(nested_handlers),
    CASE(changed_contexts),
    CASE(a_stack_overflow_is_caught),
    CASE(interrupted_and_restarted_calls),
    CASE(a_timer_interrupts_a_loop),
    CASE(values),
    CASE(senders),
    CASE(awaited_signals),
    CASE(handlers_leave_floating_point_alone),
};

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/signals.tmp", cases); }
