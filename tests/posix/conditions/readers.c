// Readers and writers, made of two semaphores and a count.
#include "tests/posix/conditions/cases.h"
#include <semaphore.h>
#include <stdint.h>

static sem_t count_lock, writing;
static int readers;

static void begin_to_read(void)
{
    sem_wait(&count_lock);
    if (++readers == 1)
        sem_wait(&writing);
    sem_post(&count_lock);
}

static void end_to_read(void)
{
    sem_wait(&count_lock);
    if (--readers == 0)
        sem_post(&writing);
    sem_post(&count_lock);
}

static bool may_write(void)
{
    if (sem_trywait(&writing) != 0)
        return false;
    sem_post(&writing);
    return true;
}

static sem_t reads, may_end;

static void* read_until_told(void* unused)
{
    begin_to_read();
    sem_post(&reads);
    sem_wait(&may_end);
    end_to_read();
    return unused;
}

static int written[2];

static void* write_often(void* unused)
{
    for (int i = 0; i < 300; ++i) {
        sem_wait(&writing);
        ++written[0];
        sched_yield();
        ++written[1];
        sem_post(&writing);
    }
    return unused;
}

static void* read_often(void* unused)
{
    intptr_t torn = 0;
    for (int i = 0; i < 300; ++i) {
        begin_to_read();
        int const first = written[0];
        sched_yield();
        torn += first != written[1];
        end_to_read();
    }
    (void)unused;
    return (void*)torn;
}

bool the_first_reader_locks_writers_out_and_the_last_lets_them_in(void)
{
    pthread_t threads[4];
    CHECK(sem_init(&count_lock, 0, 1) == 0 && sem_init(&writing, 0, 1) == 0);
    CHECK(sem_init(&reads, 0, 0) == 0 && sem_init(&may_end, 0, 0) == 0 && may_write());
    for (int i = 0; i < 2; ++i)
        threads[i] = start(read_until_told, NULL);
    CHECK(sem_wait(&reads) == 0 && sem_wait(&reads) == 0);  // both read, at once
    CHECK(readers == 2 && !may_write());
    CHECK(sem_post(&may_end) == 0);
    void* result;
    while (pthread_tryjoin_np(threads[0], &result) != 0 &&
           pthread_tryjoin_np(threads[1], &result) != 0)
        sched_yield();
    CHECK(!may_write());  // one is left
    CHECK(sem_post(&may_end) == 0);
    do
        sched_yield();
    while (!may_write());

    for (int i = 0; i < 4; ++i)
        threads[i] = start(i % 2 == 0 ? write_often : read_often, NULL);
    for (int i = 0; i < 4; ++i)
        CHECK(join(threads[i]) == NULL);
    CHECK(written[0] == 600 && written[1] == 600);
    return true;
}
