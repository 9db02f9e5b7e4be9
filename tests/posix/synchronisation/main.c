// posix-synchronisation: checks of mutexes of all kinds, barriers, read-write locks and semaphores.
#include "tests/posix/check.h"
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

static pthread_mutex_t mutex;

static bool make_mutex(int type, int robust)
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    return pthread_mutexattr_settype(&attributes, type) == 0 &&
           pthread_mutexattr_setrobust(&attributes, robust) == 0 &&
           pthread_mutex_init(&mutex, &attributes) == 0;
}

static void* lock_and_end(void* unused)
{
    (void)unused;
    pthread_mutex_lock(&mutex);
    return NULL;
}

static bool end_with_lock(void)
{
    pthread_t thread;
    return pthread_create(&thread, NULL, lock_and_end, NULL) == 0 &&
           pthread_join(thread, NULL) == 0;
}

static bool robust_mutexes(void)
{
    CHECK(make_mutex(PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ROBUST) && end_with_lock());
    CHECK(pthread_mutex_lock(&mutex) == EOWNERDEAD);
    CHECK(pthread_mutex_consistent(&mutex) == 0 && pthread_mutex_unlock(&mutex) == 0);
    CHECK(pthread_mutex_lock(&mutex) == 0 && pthread_mutex_unlock(&mutex) == 0);
    CHECK(pthread_mutex_consistent(&mutex) == EINVAL);

    CHECK(end_with_lock() && pthread_mutex_trylock(&mutex) == EOWNERDEAD);
    CHECK(pthread_mutex_unlock(&mutex) == 0);  // and nobody has mended what it guards
    CHECK(pthread_mutex_lock(&mutex) == ENOTRECOVERABLE);
    return true;
}

static void* wait_for_dead_owner(void* result)
{
    *(int*)result = pthread_mutex_lock(&mutex);
    pthread_mutex_consistent(&mutex);
    pthread_mutex_unlock(&mutex);
    return NULL;
}

static void* hold_for_a_while(void* unused)
{
    struct timespec const time = {.tv_nsec = 100 * 1000000};
    pthread_mutex_lock(&mutex);
    nanosleep(&time, NULL);
    return unused;
}

// Who waits when the owner ends is woken.
static bool waiting_for_a_robust_mutex(void)
{
    pthread_t holder, waiter;
    int result = -1;
    struct timespec const time = {.tv_nsec = 30 * 1000000};
    CHECK(make_mutex(PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ROBUST));
    CHECK(pthread_create(&holder, NULL, hold_for_a_while, NULL) == 0 &&
          nanosleep(&time, NULL) == 0);
    CHECK(pthread_create(&waiter, NULL, wait_for_dead_owner, &result) == 0);
    CHECK(pthread_join(holder, NULL) == 0 && pthread_join(waiter, NULL) == 0);
    CHECK(result == EOWNERDEAD);
    return true;
}

static void* unlock_as_stranger(void* result)
{
    *(int*)result = pthread_mutex_unlock(&mutex);
    return NULL;
}

static bool kinds_of_mutexes(void)
{
    pthread_t thread;
    int result = -1;
    CHECK(make_mutex(PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_STALLED));
    CHECK(pthread_mutex_lock(&mutex) == 0 && pthread_mutex_lock(&mutex) == EDEADLK);
    CHECK(pthread_create(&thread, NULL, unlock_as_stranger, &result) == 0);
    CHECK(pthread_join(thread, NULL) == 0 && result == EPERM);
    CHECK(pthread_mutex_unlock(&mutex) == 0 && pthread_mutex_unlock(&mutex) == EPERM);

    CHECK(make_mutex(PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_STALLED));
    CHECK(pthread_mutex_lock(&mutex) == 0 && pthread_mutex_lock(&mutex) == 0);
    CHECK(pthread_mutex_unlock(&mutex) == 0 && pthread_mutex_unlock(&mutex) == 0);
    CHECK(pthread_mutex_unlock(&mutex) == EPERM);

    CHECK(make_mutex(PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_STALLED) &&
          pthread_mutex_lock(&mutex) == 0);
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    CHECK(pthread_mutex_trylock(&mutex) == EBUSY);
    CHECK(pthread_mutex_timedlock(&mutex, &deadline) == ETIMEDOUT);
    return true;
}

enum { workers = 4, rounds = 100 };

static pthread_barrier_t barrier;
static atomic_int arrived, serial;

// In each round all have arrived before one goes on.
static void* meet(void* unused)
{
    (void)unused;
    for (int round = 1; round <= rounds; ++round) {
        ++arrived;
        if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
            ++serial;
        if (arrived < round * workers)
            return &arrived;
        pthread_barrier_wait(&barrier);
    }
    return NULL;
}

static bool barriers(void)
{
    pthread_t threads[workers];
    CHECK(pthread_barrier_init(&barrier, NULL, 0) == EINVAL);
    CHECK(pthread_barrier_init(&barrier, NULL, workers) == 0);
    for (int i = 0; i < workers; ++i)
        CHECK(pthread_create(&threads[i], NULL, meet, NULL) == 0);
    for (int i = 0; i < workers; ++i) {
        void* early;
        CHECK(pthread_join(threads[i], &early) == 0 && early == NULL);
    }
    CHECK(serial == rounds && pthread_barrier_destroy(&barrier) == 0);
    return true;
}

static pthread_rwlock_t guard = PTHREAD_RWLOCK_INITIALIZER;
static long pair[2];  // both are equal whenever nobody writes
static atomic_int torn;

static void* read_pairs(void* unused)
{
    for (int i = 0; i < 2000; ++i) {
        pthread_rwlock_rdlock(&guard);
        torn += pair[0] != pair[1];
        pthread_rwlock_unlock(&guard);
    }
    return unused;
}

static void* write_pairs(void* unused)
{
    for (int i = 0; i < 1000; ++i) {
        pthread_rwlock_wrlock(&guard);
        ++pair[0];
        ++pair[1];
        pthread_rwlock_unlock(&guard);
    }
    return unused;
}

static bool read_write_locks(void)
{
    CHECK(pthread_rwlock_rdlock(&guard) == 0 && pthread_rwlock_tryrdlock(&guard) == 0);
    CHECK(pthread_rwlock_trywrlock(&guard) == EBUSY);
    CHECK(pthread_rwlock_unlock(&guard) == 0 && pthread_rwlock_unlock(&guard) == 0);
    CHECK(pthread_rwlock_wrlock(&guard) == 0 && pthread_rwlock_tryrdlock(&guard) == EBUSY);
    CHECK(pthread_rwlock_unlock(&guard) == 0);
    pthread_t threads[workers];
    for (int i = 0; i < workers; ++i)
        CHECK(pthread_create(&threads[i], NULL, i % 2 == 0 ? read_pairs : write_pairs, NULL) == 0);
    for (int i = 0; i < workers; ++i)
        CHECK(pthread_join(threads[i], NULL) == 0);
    CHECK(torn == 0 && pair[0] == 2000 && pair[1] == 2000);
    return true;
}

static sem_t items, places;
static int queue[3], head, tail;
static pthread_mutex_t queue_lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_long total;

static void* produce(void* unused)
{
    for (int i = 1; i <= 500; ++i) {
        sem_wait(&places);
        pthread_mutex_lock(&queue_lock);
        queue[tail++ % 3] = i;
        pthread_mutex_unlock(&queue_lock);
        sem_post(&items);
    }
    return unused;
}

static void* consume(void* unused)
{
    for (int i = 1; i <= 500; ++i) {
        sem_wait(&items);
        pthread_mutex_lock(&queue_lock);
        total += queue[head++ % 3];
        pthread_mutex_unlock(&queue_lock);
        sem_post(&places);
    }
    return unused;
}

static bool semaphores(void)
{
    pthread_t threads[workers];
    CHECK(sem_init(&items, 0, 0) == 0 && sem_init(&places, 0, 3) == 0);
    CHECK_FAILS(sem_trywait(&items), EAGAIN);
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    CHECK_FAILS(sem_timedwait(&items, &deadline), ETIMEDOUT);
    for (int i = 0; i < workers; ++i)
        CHECK(pthread_create(&threads[i], NULL, i % 2 == 0 ? produce : consume, NULL) == 0);
    for (int i = 0; i < workers; ++i)
        CHECK(pthread_join(threads[i], NULL) == 0);
    int value;
    CHECK(total == 2 * 500 * 501 / 2 && sem_getvalue(&places, &value) == 0 && value == 3);
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(robust_mutexes), CASE(waiting_for_a_robust_mutex), CASE(kinds_of_mutexes),
    CASE(barriers),       CASE(read_write_locks),           CASE(semaphores),
};

int main(int count, char** arguments)
{
    return RUN_CASE(count, arguments, "/synchronisation.tmp", cases);
}
