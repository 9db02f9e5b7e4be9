#include "check.h"
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

static long long now_in_microseconds(clockid_t clock)
{
    struct timespec time;
    if (clock_gettime(clock, &time) != 0)
        return -1;
    return time.tv_sec * 1000000ll + time.tv_nsec / 1000;
}

static bool a_sleep_is_not_too_short(void)
{
    long long const start = now_in_microseconds(CLOCK_MONOTONIC);
    CHECK(usleep(20000) == 0);
    CHECK(now_in_microseconds(CLOCK_MONOTONIC) - start >= 20000);
    return true;
}

static bool a_wait_ends_at_its_deadline(void)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t never = PTHREAD_COND_INITIALIZER;
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += 1;
    pthread_mutex_lock(&lock);
    CHECK(pthread_cond_timedwait(&never, &lock, &deadline) == ETIMEDOUT);
    pthread_mutex_unlock(&lock);
    CHECK(now_in_microseconds(CLOCK_REALTIME) >= deadline.tv_sec * 1000000ll);
    return true;
}

static bool a_wrong_duration_is_refused(void)
{
    struct timespec const wrong = {.tv_nsec = 1000000000};
    CHECK(nanosleep(&wrong, NULL) != 0 && errno == EINVAL);
    return true;
}

static bool the_calendar_is_not_in_the_past(void)
{
    enum { new_year_of_2025 = 1735689600 };
    CHECK(time(NULL) > new_year_of_2025);
    long long const start = now_in_microseconds(CLOCK_MONOTONIC);
    CHECK(start >= 0 && start / 1000000 < new_year_of_2025);
    struct timespec before;
    clock_gettime(CLOCK_REALTIME, &before);
    CHECK(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &before, NULL) == 0);
    CHECK(now_in_microseconds(CLOCK_MONOTONIC) - start < 60 * 1000000ll);
    return true;
}

static bool random_numbers_differ(void)
{
    unsigned char first[1000] = {0};
    unsigned char second[1000] = {0};
    CHECK(getrandom(first, sizeof first, 0) == sizeof first);
    CHECK(getrandom(second, sizeof second, GRND_NONBLOCK) == sizeof second);
    for (size_t i = 0; i + 16 <= sizeof first; i += 16)
        for (size_t j = 0; j + 16 <= sizeof second; j += 16)
            CHECK(memcmp(first + i, second + j, 16) != 0);
    CHECK(getrandom(first, 1, 0x80) == -1 && errno == EINVAL);
    return true;
}

bool clocks_work(void)
{
    return a_sleep_is_not_too_short() && a_wait_ends_at_its_deadline() &&
           a_wrong_duration_is_refused() && the_calendar_is_not_in_the_past() &&
           random_numbers_differ();
}
