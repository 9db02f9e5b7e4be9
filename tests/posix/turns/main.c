// posix-turns: checks of who runs next, on a machine of one hart.
#include "tests/posix/children.h"
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>

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

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(threads_that_yield_take_turns),
    CASE(who_is_woken_runs_first_if_he_comes_first),
    CASE(a_timer_s_end_takes_the_hart_from_a_loop),
};

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/turns.tmp", cases); }
