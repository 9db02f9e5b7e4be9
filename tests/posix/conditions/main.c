// posix-conditions: what condition variables and semaphores promise, and what is made of them.
#include "tests/posix/conditions/cases.h"
#include <semaphore.h>
#include <stdint.h>
#include <time.h>

enum { places = 10, items = 2000, workers = 3 };

pthread_t start(void* (*function)(void*), void* argument)
{
    pthread_t thread;
    REQUIRE(pthread_create(&thread, NULL, function, argument) == 0);
    return thread;
}

void* join(pthread_t thread)
{
    void* result = NULL;
    REQUIRE(pthread_join(thread, &result) == 0);
    return result;
}

// A flag, its lock and its condition variable. `waiters` is how many wait, under the lock.
static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed, waits;
    bool flag;
    int waiters, woken;
} gate = {.lock = PTHREAD_MUTEX_INITIALIZER,
          .changed = PTHREAD_COND_INITIALIZER,
          .waits = PTHREAD_COND_INITIALIZER};

static void begin_wait(void)
{
    ++gate.waiters;
    pthread_cond_signal(&gate.waits);
}

static void* wait_for_flag(void* unused)
{
    pthread_mutex_lock(&gate.lock);
    begin_wait();
    while (!gate.flag)
        pthread_cond_wait(&gate.changed, &gate.lock);
    ++gate.woken;
    pthread_mutex_unlock(&gate.lock);
    return unused;
}

// Without a flag: what was signalled before is lost. Returns what the wait returned.
static void* wait_without_flag(void* until)
{
    pthread_mutex_lock(&gate.lock);
    int const result = pthread_cond_timedwait(&gate.changed, &gate.lock, until);
    pthread_mutex_unlock(&gate.lock);
    return (void*)(intptr_t)result;
}

static void await_waiters(int count)
{
    while (gate.waiters < count)
        pthread_cond_wait(&gate.waits, &gate.lock);
}

// The lock is free while a thread waits: whoever takes it sees all of them wait.
static bool conditions_wake_one_or_all(void)
{
    enum { count = 5 };
    pthread_t threads[count];
    for (int i = 0; i < count; ++i)
        threads[i] = start(wait_for_flag, NULL);
    pthread_mutex_lock(&gate.lock);
    await_waiters(count);
    pthread_cond_broadcast(&gate.changed);  // the flag is not set: each looks again, and waits on
    pthread_mutex_unlock(&gate.lock);
    sched_yield();
    pthread_mutex_lock(&gate.lock);
    CHECK(gate.woken == 0);
    gate.flag = true;
    pthread_cond_broadcast(&gate.changed);
    pthread_mutex_unlock(&gate.lock);
    for (int i = 0; i < count; ++i)
        join(threads[i]);
    CHECK(gate.woken == count);
    return true;
}

static bool a_signal_to_nobody_is_lost(void)
{
    struct timespec until;
    gate.flag = true;
    CHECK(pthread_cond_signal(&gate.changed) == 0 && pthread_cond_broadcast(&gate.changed) == 0);
    join(start(wait_for_flag, NULL));  // with a flag that does not matter
    CHECK(gate.woken == 1);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1;
    CHECK((intptr_t)join(start(wait_without_flag, &until)) == ETIMEDOUT);
    return true;
}

// join, made of a condition variable: any number of threads may wait for one to end.
static struct {
    pthread_mutex_t lock;
    pthread_cond_t has_ended;
    bool ended;
    int result;
} ending = {.lock = PTHREAD_MUTEX_INITIALIZER, .has_ended = PTHREAD_COND_INITIALIZER};

static void* end_with_result(void* result)
{
    pthread_mutex_lock(&ending.lock);
    ending.result = (int)(intptr_t)result;
    ending.ended = true;
    pthread_cond_broadcast(&ending.has_ended);
    pthread_mutex_unlock(&ending.lock);
    return NULL;
}

static void* join_it(void* unused)
{
    pthread_mutex_lock(&ending.lock);
    while (!ending.ended)
        pthread_cond_wait(&ending.has_ended, &ending.lock);
    int const result = ending.result;
    pthread_mutex_unlock(&ending.lock);
    (void)unused;
    return (void*)(intptr_t)result;
}

static bool several_threads_join_one(void)
{
    enum { count = 4 };
    pthread_t joiners[count];
    for (int i = 0; i < count; ++i)
        joiners[i] = start(join_it, NULL);
    pthread_t const one = start(end_with_result, (void*)107);
    for (int i = 0; i < count; ++i)
        CHECK((intptr_t)join(joiners[i]) == 107);
    join(one);
    CHECK((intptr_t)join(start(join_it, NULL)) == 107);  // also when it has ended already
    return true;
}

// A bounded buffer: two semaphores count what is there and what is free, one excludes.
static struct {
    sem_t items, room, lock;
    int content[places];
    int in, out;
} ring;

static void* produce_by_semaphores(void* unused)
{
    for (int i = 1; i <= items; ++i) {
        sem_wait(&ring.room);
        sem_wait(&ring.lock);
        ring.content[ring.in++ % places] = i;
        sem_post(&ring.lock);
        sem_post(&ring.items);
    }
    return unused;
}

static void* consume_by_semaphores(void* unused)
{
    long sum = 0;
    for (int i = 1; i <= items; ++i) {
        sem_wait(&ring.items);
        sem_wait(&ring.lock);
        sum += ring.content[ring.out++ % places];
        sem_post(&ring.lock);
        sem_post(&ring.room);
    }
    (void)unused;
    return (void*)sum;
}

static bool bounded_buffer_of_semaphores(void)
{
    pthread_t producers[workers], consumers[workers];
    CHECK(sem_init(&ring.items, 0, 0) == 0 && sem_init(&ring.room, 0, places) == 0);
    CHECK(sem_init(&ring.lock, 0, 1) == 0);
    for (int i = 0; i < workers; ++i) {
        consumers[i] = start(consume_by_semaphores, NULL);
        producers[i] = start(produce_by_semaphores, NULL);
    }
    long consumed = 0;
    for (int i = 0; i < workers; ++i) {
        join(producers[i]);
        consumed += (long)join(consumers[i]);
    }
    int left = 0;
    CHECK(consumed == (long)workers * items * (items + 1) / 2);
    CHECK(sem_getvalue(&ring.items, &left) == 0 && left == 0);
    CHECK(sem_getvalue(&ring.room, &left) == 0 && left == places);
    return true;
}

// They remember what was posted, and any thread may post.
static void* post_three(void* semaphore)
{
    for (int i = 0; i < 3; ++i)
        sem_post(semaphore);
    return NULL;
}

static bool semaphores_remember(void)
{
    sem_t semaphore;
    CHECK(sem_init(&semaphore, 0, 1) == 0);
    CHECK(sem_wait(&semaphore) == 0);
    CHECK_FAILS(sem_trywait(&semaphore), EAGAIN);
    join(start(post_three, &semaphore));
    for (int i = 0; i < 3; ++i)
        CHECK(sem_trywait(&semaphore) == 0);
    CHECK_FAILS(sem_trywait(&semaphore), EAGAIN);
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(conditions_wake_one_or_all),
    CASE(a_signal_to_nobody_is_lost),
    CASE(several_threads_join_one),
    CASE(bounded_buffer_of_semaphores),
    CASE(semaphores_remember),
    CASE(a_signal_wakes_one),
    CASE(the_first_reader_locks_writers_out_and_the_last_lets_them_in),
};

int main(int count, char** arguments)
{
    return RUN_CASE(count, arguments, "/conditions.tmp", cases);
}
