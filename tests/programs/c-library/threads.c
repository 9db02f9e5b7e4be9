#include "check.h"
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

enum { thread_count = 8, rounds = 200 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int total;
static int turn;
static sem_t finished;
static _Thread_local intptr_t own = 100;

static void* add(void* argument)
{
    own += (intptr_t)argument;
    for (int i = 0; i < rounds; ++i) {
        void* block = malloc((size_t)(i * 13));
        pthread_mutex_lock(&lock);
        ++total;
        pthread_mutex_unlock(&lock);
        free(block);
    }
    return (void*)own;
}

static bool each_thread_has_its_own_variables(void)
{
    pthread_t threads[thread_count];
    for (intptr_t i = 0; i < thread_count; ++i)
        CHECK(pthread_create(&threads[i], NULL, add, (void*)i) == 0);
    for (intptr_t i = 0; i < thread_count; ++i) {
        void* result = NULL;
        CHECK(pthread_join(threads[i], &result) == 0);
        CHECK((intptr_t)result == 100 + i);
    }
    CHECK(total == thread_count * rounds && own == 100);
    return true;
}

static void* take_turns(void* argument)
{
    int const mine = (int)(intptr_t)argument;
    for (int i = 0; i < rounds; ++i) {
        pthread_mutex_lock(&lock);
        while (turn != mine)
            pthread_cond_wait(&changed, &lock);
        turn = !mine;
        pthread_cond_broadcast(&changed);
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

static bool two_threads_take_turns(void)
{
    pthread_t threads[2];
    CHECK(pthread_create(&threads[0], NULL, take_turns, (void*)0) == 0);
    CHECK(pthread_create(&threads[1], NULL, take_turns, (void*)1) == 0);
    CHECK(pthread_join(threads[0], NULL) == 0 && pthread_join(threads[1], NULL) == 0);
    return true;
}

static void* finish(void* argument)
{
    (void)argument;
    sem_post(&finished);
    return NULL;
}

static bool detached_threads_clean_up_after_themselves(void)
{
    sem_init(&finished, 0, 0);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    for (int i = 0; i < 200; ++i) {
        pthread_t thread;
        CHECK(pthread_create(&thread, &attributes, finish, NULL) == 0);
        CHECK(sem_wait(&finished) == 0);
    }
    return true;
}

bool threads_work(void)
{
    return each_thread_has_its_own_variables() && two_threads_take_turns() &&
           detached_threads_clean_up_after_themselves();
}
