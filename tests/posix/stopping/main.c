// posix-stopping: a process is stopped when all of its threads are, whatever they are doing.
#include "tests/posix/children.h"
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <time.h>

enum { kinds = 5, stops = 20 };

// What each kind of thread has done: shared with the parent.
static atomic_long (*steps)[kinds];

static _Noreturn void* compute(void* done)
{
    for (;;)
        ++*(atomic_long*)done;
}

static _Noreturn void* sleep_often(void* done)
{
    for (;;) {
        usleep(1000);
        ++*(atomic_long*)done;
    }
}

// Waits for another process at the server's.
static _Noreturn void* pass_bytes(void* done)
{
    int there[2], back[2];
    char byte = 'x';
    REQUIRE(pipe(there) == 0 && pipe(back) == 0);
    if (fork() == 0) {
        close(there[1]);
        close(back[0]);
        while (read(there[0], &byte, 1) == 1 && write(back[1], &byte, 1) == 1)
            ;
        _exit(0);
    }
    for (;;) {
        REQUIRE(write(there[1], &byte, 1) == 1 && read(back[0], &byte, 1) == 1);
        ++*(atomic_long*)done;
    }
}

static void* end_at_once(void* unused) { return unused; }

static _Noreturn void* make_threads(void* done)
{
    for (;;) {
        pthread_t thread;
        REQUIRE(pthread_create(&thread, NULL, end_at_once, NULL) == 0);
        REQUIRE(pthread_join(thread, NULL) == 0);
        ++*(atomic_long*)done;
    }
}

static _Noreturn void* make_children(void* done)
{
    for (;;) {
        pid_t const child = fork();
        if (child == 0)
            _exit(0);
        REQUIRE(waitpid(child, NULL, 0) == child);
        ++*(atomic_long*)done;
    }
}

// SIGCHLD interrupts all calls that wait: that has to be harmless, too.
static _Noreturn void run_threads(void)
{
    static void* (*const work[kinds])(void*) = {compute, sleep_often, pass_bytes, make_threads,
                                                make_children};
    pthread_t thread;
    for (int i = 1; i < kinds; ++i)
        REQUIRE(pthread_create(&thread, NULL, work[i], &(*steps)[i]) == 0);
    compute(&(*steps)[0]);
}

static pid_t start_threads(void)
{
    steps = mmap(NULL, sizeof *steps, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    REQUIRE(steps != MAP_FAILED);
    pid_t const child = fork();
    if (child == 0) {
        alarm(120);  // it ends, whatever becomes of the case
        run_threads();
    }
    return child;
}

static void await_steps(void)
{
    for (int i = 0; i < kinds; ++i)
        for (long const before = (*steps)[i]; (*steps)[i] == before;)
            usleep(100);
}

// Looks for a while.
static bool stand_still(void)
{
    long before[kinds];
    for (int i = 0; i < kinds; ++i)
        before[i] = (*steps)[i];
    usleep(5000);
    for (int i = 0; i < kinds; ++i)
        if (before[i] != (*steps)[i])
            return false;
    return true;
}

static bool has_ended(pid_t child)
{
    int status;
    return kill(child, SIGKILL) == 0 && waitpid(child, &status, 0) == child &&
           WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

static bool stops_and_goes_on(int signal)
{
    pid_t const child = start_threads();
    int status;
    for (int i = 0; i < stops; ++i) {
        await_steps();
        CHECK(kill(child, signal) == 0);
        CHECK(waitpid(child, &status, WUNTRACED) == child);
        CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == signal);
        CHECK(i % 4 != 0 || stand_still());
        CHECK(kill(child, SIGCONT) == 0);
        CHECK(waitpid(child, &status, WCONTINUED) == child && WIFCONTINUED(status));
    }
    await_steps();
    CHECK(has_ended(child));
    return true;
}

static bool all_threads_stop(void) { return stops_and_goes_on(SIGSTOP); }
static bool the_terminal_stops_all_threads(void) { return stops_and_goes_on(SIGTSTP); }

// A thread that raises the signal stops the others.
static void* stop_all(void* unused)
{
    raise(SIGSTOP);
    return unused;
}

static bool any_thread_stops_all(void)
{
    steps = mmap(NULL, sizeof *steps, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t const child = fork();
    if (child == 0) {
        pthread_t thread;
        REQUIRE(pthread_create(&thread, NULL, stop_all, NULL) == 0);
        compute(&(*steps)[0]);
    }
    int status;
    CHECK(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
    CHECK(stand_still());
    CHECK(kill(child, SIGCONT) == 0);
    for (long const before = (*steps)[0]; (*steps)[0] == before;)
        usleep(100);
    CHECK(has_ended(child));
    return true;
}

// The first thread has left before, and stays for the signals.
static _Noreturn void* go_on_alone(void* first)
{
    REQUIRE(pthread_join(*(pthread_t*)first, NULL) == 0);
    compute(&(*steps)[0]);
}

static bool stops_without_its_first_thread(void)
{
    steps = mmap(NULL, sizeof *steps, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t const child = fork();
    if (child == 0) {
        static pthread_t first;
        pthread_t thread;
        first = pthread_self();
        REQUIRE(pthread_create(&thread, NULL, go_on_alone, &first) == 0);
        pthread_exit(NULL);
    }
    while ((*steps)[0] == 0)
        usleep(100);
    int status;
    CHECK(kill(child, SIGSTOP) == 0);
    CHECK(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
    CHECK(stand_still());
    CHECK(kill(child, SIGCONT) == 0);
    for (long const before = (*steps)[0]; (*steps)[0] == before;)
        usleep(100);
    CHECK(has_ended(child));
    return true;
}

// SIGCONT takes back a signal that stops, also one that was not taken yet.
static bool the_last_signal_counts(void)
{
    pid_t const child = start_threads();
    await_steps();
    for (int i = 0; i < stops; ++i) {
        CHECK(kill(child, SIGSTOP) == 0);
        CHECK(kill(child, SIGCONT) == 0);
    }
    await_steps();
    CHECK(kill(child, SIGCONT) == 0 && kill(child, SIGSTOP) == 0);
    int status = 0;
    while (!WIFSTOPPED(status))
        CHECK(waitpid(child, &status, WUNTRACED | WCONTINUED) == child);
    CHECK(stand_still());
    CHECK(has_ended(child));
    return true;
}

// The set of blocked signals that sigsuspend() brings lasts until a handler has run, and no longer.
static atomic_int handled;
static void count(int signal) { handled += signal == SIGUSR1; }

static bool wait_with_a_mask(void)
{
    sigset_t usual, waiting, now;
    sigemptyset(&usual);
    sigaddset(&usual, SIGUSR1);
    sigemptyset(&waiting);
    sigaddset(&waiting, SIGUSR2);
    CHECK(signal(SIGUSR1, count) != SIG_ERR);
    CHECK(sigprocmask(SIG_SETMASK, &usual, NULL) == 0);
    (*steps)[0] = 1;
    while (handled == 0)
        CHECK_FAILS(sigsuspend(&waiting), EINTR);
    CHECK(sigprocmask(SIG_SETMASK, NULL, &now) == 0);
    CHECK(sigismember(&now, SIGUSR1) == 1 && sigismember(&now, SIGUSR2) == 0);
    return true;
}

static bool masks_survive_a_stop(void)
{
    steps = mmap(NULL, sizeof *steps, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t const child = start_child(wait_with_a_mask);
    int status;
    while ((*steps)[0] == 0)
        usleep(100);
    for (int i = 0; i < stops; ++i) {
        CHECK(kill(child, SIGSTOP) == 0 && waitpid(child, &status, WUNTRACED) == child);
        CHECK(kill(child, SIGCONT) == 0 && waitpid(child, &status, WCONTINUED) == child);
    }
    CHECK(kill(child, SIGUSR1) == 0 && ended_well(child));
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(all_threads_stop),       CASE(the_terminal_stops_all_threads),
    CASE(any_thread_stops_all),   CASE(stops_without_its_first_thread),
    CASE(the_last_signal_counts), CASE(masks_survive_a_stop),
};

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/stopping.tmp", cases); }
