// posix-turns: checks of who runs next, on a machine of one hart.
#include "tests/posix/children.h"
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

enum { rounds = 500 };

static char volatile order[2 * rounds];
static int volatile order_count;
static pthread_barrier_t both_are_there;

static void* run_and_yield(void* name)
{
    pthread_barrier_wait(&both_are_there);
    for (int i = 0; i < rounds; ++i) {
        order[order_count++] = (char)(intptr_t)name;
        sched_yield();
    }
    return NULL;
}

// Figure 4.13: one, the other, one, the other. The clock takes the hart from one now and then.
static bool threads_that_yield_take_turns(void)
{
    pthread_t threads[2];
    CHECK(pthread_barrier_init(&both_are_there, NULL, 2) == 0);
    for (intptr_t i = 0; i < 2; ++i)
        CHECK(pthread_create(&threads[i], NULL, run_and_yield, (void*)('a' + i)) == 0);
    for (int i = 0; i < 2; ++i)
        CHECK(pthread_join(threads[i], NULL) == 0);
    int twice = 0;
    for (int i = 1; i < 2 * rounds; ++i)
        twice += order[i] == order[i - 1];
    CHECK(order_count == 2 * rounds);
    if (twice > rounds / 50)
        printf("%d times out of turn\n", twice);
    return twice <= rounds / 50;
}

static int ends[2];
static atomic_int* steps;

static void wake_and_go_on(void)
{
    REQUIRE(nice(19) == 19);
    for (int i = 0; i < rounds; ++i) {
        atomic_store(steps, 2 * i);
        REQUIRE(write(ends[1], "", 1) == 1);
        atomic_store(steps, 2 * i + 1);
    }
    _exit(0);
}

// Whoever wakes somebody of a higher priority goes on when that one waits again.
static bool who_is_woken_runs_first_if_he_comes_first(void)
{
    steps = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(steps != MAP_FAILED && pipe(ends) == 0);
    pid_t const child = fork();
    if (child == 0)
        wake_and_go_on();
    int first = 0;
    for (int i = 0; i < rounds; ++i) {
        char byte;
        CHECK(read(ends[0], &byte, 1) == 1);
        first += atomic_load(steps) == 2 * i;
    }
    if (first < rounds * 49 / 50)
        printf("first %d times of %d\n", first, rounds);
    return first >= rounds * 49 / 50 && ended_well(child);
}

// The timer's interrupt takes the hart from whoever has it, for whoever slept until then.
static bool a_timer_s_end_takes_the_hart_from_a_loop(void)
{
    steps = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(steps != MAP_FAILED);
    pid_t const child = fork();
    if (child == 0) {
        nice(19);
        for (;;)
            atomic_fetch_add(steps, 1);
    }
    for (int i = 0; i < 20; ++i) {
        int const before = atomic_load(steps);
        CHECK(usleep(5000) == 0);
        CHECK(i == 0 || atomic_load(steps) != before);  // it has run meanwhile, and runs no more
        int const at_waking = atomic_load(steps);
        for (int volatile spin = 0; spin < 20000; ++spin)
            ;
        CHECK(atomic_load(steps) == at_waking);
    }
    CHECK(kill(child, SIGKILL) == 0 && waitpid(child, NULL, 0) == child);
    return true;
}

static pthread_mutex_t lock;
static atomic_int volatile stage;  // 1: the lock is held, 2: the loop runs, 3: it is to end
static atomic_long loops;

static void* hold_for_a_while(void* unused)
{
    REQUIRE(setpriority(PRIO_PROCESS, (id_t)gettid(), 19) == 0);
    REQUIRE(getpriority(PRIO_PROCESS, (id_t)gettid()) == 19);
    REQUIRE(pthread_mutex_lock(&lock) == 0);
    stage = 1;
    for (long volatile work = 0; work < 2000000; ++work)
        ;
    REQUIRE(pthread_mutex_unlock(&lock) == 0);
    return unused;
}

static void* loop_until_told(void* unused)
{
    REQUIRE(setpriority(PRIO_PROCESS, (id_t)gettid(), 10) == 0);
    stage = 2;
    while (stage != 3)
        loops++;
    return unused;
}

static bool seconds_for_lock(double* seconds)
{
    pthread_t holder;
    pthread_t loop;
    stage = 0;
    CHECK(pthread_create(&holder, NULL, hold_for_a_while, NULL) == 0);
    while (stage != 1)
        usleep(100);
    CHECK(pthread_create(&loop, NULL, loop_until_told, NULL) == 0);
    while (stage != 2)
        usleep(100);
    struct timespec begin, end, limit;
    CHECK(clock_gettime(CLOCK_MONOTONIC, &begin) == 0 &&
          clock_gettime(CLOCK_REALTIME, &limit) == 0);
    limit.tv_sec += 2;
    int const locked = pthread_mutex_timedlock(&lock, &limit);
    CHECK(clock_gettime(CLOCK_MONOTONIC, &end) == 0);
    *seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
    stage = 3;
    CHECK(locked == ETIMEDOUT || pthread_mutex_unlock(&lock) == 0);
    CHECK(pthread_join(holder, NULL) == 0 && pthread_join(loop, NULL) == 0);
    return true;
}

// Who waits for such a mutex lends the one that has it its priority; a loop of the priority in
// between does not keep both from going on.
static bool a_mutex_inherits_the_priority_of_who_waits(void)
{
    pthread_mutexattr_t attributes;
    double with;
    double without;
    int protocol;
    CHECK(pthread_mutexattr_init(&attributes) == 0);
    CHECK(pthread_mutex_init(&lock, &attributes) == 0 && seconds_for_lock(&without));
    CHECK(pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT) == 0);
    CHECK(pthread_mutexattr_getprotocol(&attributes, &protocol) == 0);
    CHECK(protocol == PTHREAD_PRIO_INHERIT);
    CHECK(pthread_mutex_init(&lock, &attributes) == 0 && seconds_for_lock(&with));
    if (without < 2 || with > 1)
        printf("%.3f s with, %.3f s without\n", with, without);
    return without >= 2 && with <= 1;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(threads_that_yield_take_turns),
    CASE(who_is_woken_runs_first_if_he_comes_first),
    CASE(a_timer_s_end_takes_the_hart_from_a_loop),
    CASE(a_mutex_inherits_the_priority_of_who_waits),
};

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/turns.tmp", cases); }
