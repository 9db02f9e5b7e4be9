#include "tests/posix/conditions/cases.h"

enum { sleepers = 5 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER, changed = PTHREAD_COND_INITIALIZER;
static int asleep, woken;

// Waits once, whatever the reason for which that ends.
static void* sleep_once(void* unused)
{
    pthread_mutex_lock(&lock);
    ++asleep;
    pthread_cond_signal(&changed);
    pthread_cond_wait(&wake, &lock);
    ++woken;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return unused;
}

static void* take_a_turn(void* unused)
{
    sched_yield();
    return unused;
}

static void let_others_run(void)
{
    for (int i = 0; i < 20; ++i)
        join(start(take_a_turn, NULL));
}

static int woken_now(void)
{
    pthread_mutex_lock(&lock);
    int const count = woken;
    pthread_mutex_unlock(&lock);
    return count;
}

static void await(int const* count, int value)
{
    pthread_mutex_lock(&lock);
    while (*count != value)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
}

// One signal, one that wakes; a broadcast wakes all who are left.
bool a_signal_wakes_one(void)
{
    pthread_t threads[sleepers];
    for (int i = 0; i < sleepers; ++i)
        threads[i] = start(sleep_once, NULL);
    await(&asleep, sleepers);
    for (int i = 1; i <= 2; ++i) {
        CHECK(pthread_cond_signal(&wake) == 0);
        await(&woken, i);
        let_others_run();
        CHECK(woken_now() == i);
    }
    CHECK(pthread_cond_broadcast(&wake) == 0);
    for (int i = 0; i < sleepers; ++i)
        join(threads[i]);
    CHECK(woken == sleepers);
    return true;
}
