// posix-upcalls: what programs make of signals: threads of their own that a timer switches, files
// that are saved when the program fails or the user logs out, scripts that are ended alone.
#include "tests/posix/children.h"
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <ucontext.h>

static uintptr_t volatile bad_address = 0x10;

static void handle(int signal, void (*handler)(int, siginfo_t*, void*))
{
    struct sigaction const action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    REQUIRE(sigaction(signal, &action, NULL) == 0);
}

// What becomes of a process that is sent the signal and does nothing about it.
static int status_after(int signal)
{
    pid_t const child = fork();
    REQUIRE(child >= 0);
    if (child == 0)
        for (;;)
            pause();
    REQUIRE(kill(child, signal) == 0);
    int status = 0;
    if (signal == SIGCHLD || signal == SIGURG || signal == SIGWINCH || signal == SIGCONT)
        REQUIRE(kill(child, SIGTERM) == 0);  // was the first one ignored?
    REQUIRE(waitpid(child, &status, WUNTRACED) == child);
    if (WIFSTOPPED(status))
        REQUIRE(kill(child, SIGKILL) == 0 && waitpid(child, NULL, 0) == child);
    return status;
}

static bool defaults(void)
{
    static int const ending[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGILL,  SIGTRAP, SIGABRT,   SIGBUS,
                                 SIGFPE,  SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE,   SIGALRM,
                                 SIGTERM, SIGXCPU, SIGXFSZ, SIGPROF, SIGSYS,  SIGVTALRM, 40};
    for (size_t i = 0; i < sizeof ending / sizeof *ending; ++i) {
        int const status = status_after(ending[i]);
        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == ending[i]);
    }
    static int const ignored[] = {SIGCHLD, SIGURG, SIGWINCH, SIGCONT};
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; ++i) {
        int const status = status_after(ignored[i]);
        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    }
    int const status = status_after(SIGSTOP);
    CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
    CHECK(signal(SIGKILL, SIG_IGN) == SIG_ERR && signal(SIGSTOP, SIG_IGN) == SIG_ERR);
    CHECK_FAILS(kill(getpid(), 65), EINVAL);
    CHECK_FAILS(kill(getpid(), -1), EINVAL);
    return true;
}

// Threads that the kernel does not know: the timer's handler goes on with another one's registers.
enum { thread_count = 3, thread_stack_bytes = 16 << 10 };
static mcontext_t threads[thread_count + 1];  // the last one is who made them
static char stacks[thread_count][thread_stack_bytes] __attribute__((aligned(16)));
static unsigned long volatile work[thread_count];
static double volatile sums[thread_count];
static int running = thread_count;
static int volatile switches;

static void switch_thread(int signal, siginfo_t* info, void* context)
{
    (void)signal;
    (void)info;
    mcontext_t* const registers = &((ucontext_t*)context)->uc_mcontext;
    threads[running] = *registers;
    running = (running + 1) % (thread_count + 1);
    *registers = threads[running];
    ++switches;
}

static void work_for_ever(int self)
{
    for (double sum = 0;; sums[self] = sum += self + 1)
        ++work[self];
}

static bool all_have_worked(void)
{
    for (int i = 0; i < thread_count; ++i)
        if (work[i] < 1000)
            return false;
    return switches >= 20;
}

static bool a_timer_switches_threads_of_the_program(void)
{
    for (int i = 0; i < thread_count; ++i) {
        __asm__ volatile("mv %0, gp" : "=r"(threads[i].__gregs[3]));
        __asm__ volatile("mv %0, tp" : "=r"(threads[i].__gregs[4]));
        threads[i].__gregs[0] = (unsigned long)work_for_ever;
        threads[i].__gregs[2] = (unsigned long)(stacks[i] + thread_stack_bytes);
        threads[i].__gregs[10] = (unsigned long)i;
    }
    handle(SIGALRM, switch_thread);
    struct itimerval const often = {.it_value = {.tv_usec = 3000},
                                    .it_interval = {.tv_usec = 3000}};
    CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
    while (!all_have_worked())
        ;
    struct itimerval const never = {0};
    CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
    for (int i = 0; i < thread_count; ++i)  // nobody has spoilt another's registers
        CHECK(sums[i] <= (double)work[i] * (i + 1) && sums[i] >= ((double)work[i] - 1) * (i + 1));
    return true;
}

static char const unsaved[] = "what nobody has saved yet";

static void save(char const* name)
{
    int const file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file >= 0 && write(file, unsaved, sizeof unsaved) == sizeof unsaved)
        close(file);
}

static bool is_saved(char const* name)
{
    char text[sizeof unsaved] = "";
    int const file = open(name, O_RDONLY);
    CHECK(file >= 0 && read(file, text, sizeof text) == sizeof text && close(file) == 0);
    return strcmp(text, unsaved) == 0;
}

static void save_and_fail(int failed, siginfo_t* info, void* context)
{
    (void)info;
    (void)context;
    save("rescued");
    REQUIRE(signal(failed, SIG_DFL) != SIG_ERR);  // then the instruction fails once more
}

static bool fail(void)
{
    handle(SIGSEGV, save_and_fail);
    *(int volatile*)bad_address = 1;
    return true;
}

static bool a_failing_program_saves_its_files(void)
{
    int status = 0;
    pid_t const child = start_child(fail);
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status) &&
          WTERMSIG(status) == SIGSEGV);
    return is_saved("rescued");
}

// An interpreter: a script that fails, or that runs for too long, is ended, and nothing else.
static sigjmp_buf next_script;

static void end_script(int signal, siginfo_t* info, void* context)
{
    (void)info;
    (void)context;
    siglongjmp(next_script, signal);
}

static int zero = 0;
static void divide(void) { zero = 1 / *(int volatile*)&zero, __builtin_trap(); }
static void touch_nothing(void) { *(int volatile*)bad_address = 1; }
static void run_for_ever(void)
{
    for (;;)
        __asm__ volatile("");
}

static int run_script(void (*script)(void))
{
    struct itimerval const soon = {.it_value = {.tv_usec = 50000}};
    struct itimerval const never = {0};
    int const failure = sigsetjmp(next_script, 1);
    if (failure == 0) {
        REQUIRE(setitimer(ITIMER_REAL, &soon, NULL) == 0);
        script();
    }
    REQUIRE(setitimer(ITIMER_REAL, &never, NULL) == 0);
    return failure;
}

static bool only_the_script_is_ended(void)
{
    static int const caught[] = {SIGSEGV, SIGTRAP, SIGILL, SIGALRM};
    for (size_t i = 0; i < sizeof caught / sizeof *caught; ++i)
        handle(caught[i], end_script);
    for (int round = 0; round < 3; ++round) {
        CHECK(run_script(touch_nothing) == SIGSEGV);
        int const trapped = run_script(divide);
        CHECK(trapped == SIGTRAP || trapped == SIGILL);
        CHECK(run_script(run_for_ever) == SIGALRM);
    }
    return true;
}

// A user's programs: the first has the terminal, the other has done nothing about it.
static int master;
static int slave;

static void save_and_leave(int signal, siginfo_t* info, void* context)
{
    (void)info;
    (void)context;
    save(signal == SIGHUP ? "hung up" : "told to end");
    _exit(0);
}

static bool work_at_terminal(void)
{
    handle(SIGHUP, save_and_leave);
    handle(SIGTERM, save_and_leave);
    CHECK(setsid() > 0 && ioctl(slave, TIOCSCTTY, 0) == 0);
    close(master);
    CHECK(write(slave, "r", 1) == 1);
    for (;;)
        pause();
}

static bool begin_work(pid_t* child)
{
    master = posix_openpt(O_RDWR | O_NOCTTY);
    CHECK(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    CHECK(slave >= 0);
    *child = start_child(work_at_terminal);
    char ready;
    CHECK(*child > 0 && read(master, &ready, 1) == 1);
    return close(slave) == 0;
}

static bool programs_save_their_files_at_the_end_of_a_session(void)
{
    pid_t child;
    CHECK(begin_work(&child) && close(master) == 0);
    CHECK(ended_well(child) && is_saved("hung up"));
    CHECK(begin_work(&child) && kill(child, SIGSTOP) == 0);  // as a debugger does
    int status = 0;
    CHECK(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
    CHECK(kill(child, SIGTERM) == 0 && access("told to end", F_OK) != 0);
    CHECK(kill(child, SIGCONT) == 0);
    CHECK(ended_well(child) && is_saved("told to end"));
    return close(master) == 0;
}

static struct check_case const cases[] = {
    {"defaults", defaults},
    {"a_timer_switches_threads_of_the_program", a_timer_switches_threads_of_the_program},
    {"a_failing_program_saves_its_files", a_failing_program_saves_its_files},
    {"only_the_script_is_ended", only_the_script_is_ended},
    {"programs_save_their_files_at_the_end_of_a_session",
     programs_save_their_files_at_the_end_of_a_session},
};

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/upcalls.tmp", cases); }
