// posix-timers: timers that send signals, start threads, count CPU time and are read.
#include "tests/posix/children.h"
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>

enum { millisecond = 1000000 };

static long long now(clockid_t clock)
{
    struct timespec time;
    REQUIRE(clock_gettime(clock, &time) == 0);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static struct timespec to_time(long long nanoseconds)
{
    return (struct timespec){.tv_sec = nanoseconds / 1000000000,
                             .tv_nsec = nanoseconds % 1000000000};
}

static struct itimerspec setting(long long first, long long interval)
{
    return (struct itimerspec){.it_value = to_time(first), .it_interval = to_time(interval)};
}

// The signal is blocked: it is taken from what is pending.
static void block(int signal)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    REQUIRE(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
}

static siginfo_t take(int signal)
{
    sigset_t set;
    siginfo_t info;
    sigemptyset(&set);
    sigaddset(&set, signal);
    REQUIRE(sigwaitinfo(&set, &info) == signal);
    return info;
}

static bool timers_send_signals(void)
{
    timer_t timer, other;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN};
    struct itimerspec const soon = setting(2 * millisecond, 0);
    struct itimerspec left;
    block(SIGRTMIN);
    block(SIGALRM);
    event.sigev_value.sival_int = 42;
    CHECK(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
    CHECK(timer_create(CLOCK_REALTIME, NULL, &other) == 0 && timer != other);
    CHECK(timer_gettime(timer, &left) == 0 && left.it_value.tv_sec == 0 &&
          left.it_value.tv_nsec == 0);
    long long const before = now(CLOCK_MONOTONIC);
    CHECK(timer_settime(timer, 0, &soon, NULL) == 0);
    siginfo_t info = take(SIGRTMIN);
    CHECK(now(CLOCK_MONOTONIC) - before >= 2 * millisecond);
    CHECK(info.si_code == SI_TIMER && info.si_value.sival_int == 42);
    CHECK(info.si_timerid == (int)(intptr_t)timer && info.si_overrun == 0);
    CHECK(timer_settime(other, 0, &soon, NULL) == 0);
    info = take(SIGALRM);
    CHECK(info.si_code == SI_TIMER && info.si_value.sival_int == (int)(intptr_t)other);
    CHECK(timer_delete(timer) == 0 && timer_delete(other) == 0);
    CHECK_FAILS(timer_settime(timer, 0, &soon, NULL), EINVAL);
    CHECK_FAILS(timer_gettime(timer, &left), EINVAL);
    return true;
}

static atomic_int handled;
static void count(int signal) { handled += signal != 0; }

// A handler that does not ask for details takes the signal, too.
static bool timers_go_on(void)
{
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    struct itimerspec const often = setting(millisecond, millisecond);
    CHECK(signal(SIGUSR1, count) != SIG_ERR);
    CHECK(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
    CHECK(timer_settime(timer, 0, &often, NULL) == 0);
    while (handled < 5)
        pause();
    struct itimerspec left, none = {0};
    CHECK(timer_settime(timer, 0, &none, &left) == 0);
    CHECK(left.it_interval.tv_nsec == millisecond && left.it_value.tv_nsec <= millisecond);
    CHECK(timer_gettime(timer, &left) == 0 && left.it_value.tv_nsec == 0);
    return true;
}

static void await(clockid_t clock, long long time)
{
    struct timespec const until = to_time(time);
    while (clock_nanosleep(clock, TIMER_ABSTIME, &until, NULL) == EINTR)
        ;
}

static bool overruns_are_counted(void)
{
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    struct itimerspec const often = setting(millisecond, millisecond), none = {0};
    block(SIGUSR1);
    CHECK(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
    CHECK(timer_getoverrun(timer) == 0);
    long long const start = now(CLOCK_MONOTONIC);
    CHECK(timer_settime(timer, 0, &often, NULL) == 0);
    await(CLOCK_MONOTONIC, start + 20 * millisecond);
    siginfo_t const info = take(SIGUSR1);
    long long const passed = (now(CLOCK_MONOTONIC) - start) / millisecond;
    CHECK(timer_settime(timer, 0, &none, NULL) == 0);
    CHECK(info.si_overrun >= 15 && info.si_overrun < passed);
    CHECK(timer_getoverrun(timer) == info.si_overrun);
    return true;
}

static bool timers_expire_at_a_date(void)
{
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    clockid_t const clocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC};
    block(SIGUSR1);
    for (int i = 0; i < 2; ++i) {
        CHECK(timer_create(clocks[i], &event, &timer) == 0);
        long long const date = now(clocks[i]) + 3 * millisecond;
        struct itimerspec then = setting(date, 0);
        CHECK(timer_settime(timer, TIMER_ABSTIME, &then, NULL) == 0);
        take(SIGUSR1);
        CHECK(now(clocks[i]) >= date);
        then = setting(1, 0);  // has passed long ago
        CHECK(timer_settime(timer, TIMER_ABSTIME, &then, NULL) == 0);
        take(SIGUSR1);
        CHECK(timer_delete(timer) == 0);
    }
    return true;
}

static bool silent_timers_tell_the_time(void)
{
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_NONE};
    struct itimerspec const far = setting(1000LL * 1000 * millisecond, 0);
    struct itimerspec left;
    CHECK(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
    CHECK(timer_settime(timer, 0, &far, NULL) == 0);
    CHECK(timer_gettime(timer, &left) == 0);
    CHECK(left.it_value.tv_sec >= 900 && left.it_value.tv_sec < 1000);
    event.sigev_notify = 99;
    CHECK_FAILS(timer_create(CLOCK_MONOTONIC, &event, &timer), EINVAL);
    event = (struct sigevent){.sigev_notify = SIGEV_SIGNAL, .sigev_signo = 99};
    CHECK_FAILS(timer_create(CLOCK_MONOTONIC, &event, &timer), EINVAL);
    event.sigev_signo = SIGUSR1;
    CHECK_FAILS(timer_create(77, &event, &timer), EINVAL);
    int created = 1;
    while (created < 1000 && timer_create(CLOCK_MONOTONIC, &event, &timer) == 0)
        ++created;
    CHECK(errno == EAGAIN && created == 32);
    return true;
}

static sem_t told;
static atomic_int sums[2];

static void add_up(union sigval value)
{
    ++sums[value.sival_int];
    sem_post(&told);
}

static bool timers_start_threads(void)
{
    timer_t timers[2];
    struct itimerspec const often = setting(millisecond, millisecond);
    CHECK(sem_init(&told, 0, 0) == 0);
    for (int i = 0; i < 2; ++i) {
        struct sigevent event = {.sigev_notify = SIGEV_THREAD, .sigev_notify_function = add_up};
        event.sigev_value.sival_int = i;
        CHECK(timer_create(CLOCK_MONOTONIC, &event, &timers[i]) == 0);
        CHECK(timer_settime(timers[i], 0, &often, NULL) == 0);
    }
    while (sums[0] < 5 || sums[1] < 5)
        CHECK(sem_wait(&told) == 0);
    CHECK(timer_getoverrun(timers[0]) >= 0);
    CHECK(timer_delete(timers[0]) == 0 && timer_delete(timers[1]) == 0);
    return true;
}

// Children and other programs have none of them, and an alarm outlives a program.
static bool has_no_timer(void)
{
    block(SIGUSR1);
    struct timespec const while_one_expires = to_time(4 * millisecond);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    CHECK_FAILS(sigtimedwait(&set, NULL, &while_one_expires), EAGAIN);
    return true;
}

static bool children_have_no_timers(void)
{
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    struct itimerspec const often = setting(millisecond, millisecond);
    block(SIGUSR1);
    CHECK(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
    CHECK(timer_settime(timer, 0, &often, NULL) == 0);
    CHECK(passes_in_child(has_no_timer));
    take(SIGUSR1);
    return true;
}

// CPU time is what the process has used, whatever time it is.
static void use_cpu_until(atomic_int* flag, int value)
{
    while (*flag < value)
        ;
}

static bool cpu_time_is_timed(int which, int signal_number)
{
    struct itimerval const often = {.it_value = {.tv_usec = 20000},
                                    .it_interval = {.tv_usec = 20000}};
    struct itimerval left, none = {0};
    handled = 0;
    CHECK(signal(signal_number, count) != SIG_ERR);
    long long const used = now(CLOCK_PROCESS_CPUTIME_ID);
    CHECK(setitimer(which, &often, NULL) == 0);
    CHECK(getitimer(which, &left) == 0 && left.it_interval.tv_usec == 20000);
    usleep(60000);  // uses next to nothing
    CHECK(handled == 0);
    use_cpu_until(&handled, 2);
    CHECK(now(CLOCK_PROCESS_CPUTIME_ID) - used >= 40 * millisecond);
    CHECK(setitimer(which, &none, &left) == 0 && left.it_value.tv_usec <= 20000);
    return true;
}

static bool interval_timers_count_cpu_time(void)
{
    CHECK(cpu_time_is_timed(ITIMER_VIRTUAL, SIGVTALRM));
    CHECK(cpu_time_is_timed(ITIMER_PROF, SIGPROF));
    CHECK_FAILS(setitimer(3, &(struct itimerval){0}, NULL), EINVAL);
    return true;
}

static bool timers_count_cpu_time(void)
{
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    struct itimerspec const soon = setting(20 * millisecond, 0);
    CHECK(signal(SIGUSR1, count) != SIG_ERR);
    CHECK(timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer) == 0);
    long long const used = now(CLOCK_PROCESS_CPUTIME_ID);
    CHECK(timer_settime(timer, 0, &soon, NULL) == 0);
    use_cpu_until(&handled, 1);
    CHECK(now(CLOCK_PROCESS_CPUTIME_ID) - used >= 20 * millisecond);
    return true;
}

static bool timer_files_are_read(void)
{
    int const file = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    struct itimerspec const often = setting(millisecond, millisecond), none = {0};
    struct itimerspec left;
    uint64_t times = 0;
    CHECK(file >= 0);
    struct pollfd waiting = {.fd = file, .events = POLLIN};
    CHECK(poll(&waiting, 1, 0) == 0);
    CHECK_FAILS(read(file, &times, sizeof times), EAGAIN);
    long long const start = now(CLOCK_MONOTONIC);
    CHECK(timerfd_settime(file, 0, &often, NULL) == 0);
    CHECK(poll(&waiting, 1, -1) == 1 && waiting.revents == POLLIN);
    CHECK(read(file, &times, sizeof times) == sizeof times && times >= 1);
    await(CLOCK_MONOTONIC, start + 20 * millisecond);
    uint64_t more = 0;
    CHECK(poll(&waiting, 1, -1) == 1);
    CHECK(read(file, &more, sizeof more) == sizeof more);
    CHECK(times + more >= 15);
    CHECK((long long)(times + more) <= (now(CLOCK_MONOTONIC) - start) / millisecond);
    CHECK(timerfd_gettime(file, &left) == 0 && left.it_interval.tv_nsec == millisecond);
    CHECK(timerfd_settime(file, 0, &none, &left) == 0 && left.it_interval.tv_nsec == millisecond);
    CHECK(timerfd_gettime(file, &left) == 0 && left.it_value.tv_nsec == 0);
    CHECK_FAILS(read(file, &times, 4), EINVAL);
    CHECK_FAILS(timerfd_settime(STDOUT_FILENO, 0, &none, NULL), EINVAL);
    CHECK_FAILS(timerfd_gettime(99, &left), EBADF);
    CHECK_FAILS(timerfd_create(77, 0), EINVAL);
    return true;
}

static bool timer_files_wait(void)
{
    int const file = timerfd_create(CLOCK_REALTIME, 0);
    CHECK(file >= 0);
    long long const date = now(CLOCK_REALTIME) + 3 * millisecond;
    struct itimerspec const then = setting(date, 0);
    uint64_t times = 0;
    CHECK(timerfd_settime(file, TFD_TIMER_ABSTIME, &then, NULL) == 0);
    CHECK(read(file, &times, sizeof times) == sizeof times && times == 1);
    CHECK(now(CLOCK_REALTIME) >= date);
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(timers_send_signals),
    CASE(timers_go_on),
    CASE(overruns_are_counted),
    CASE(timers_expire_at_a_date),
    CASE(silent_timers_tell_the_time),
    CASE(timers_start_threads),
    CASE(children_have_no_timers),
    CASE(interval_timers_count_cpu_time),
    CASE(timers_count_cpu_time),
    CASE(timer_files_are_read),
    CASE(timer_files_wait),
};

int main(int count_of, char** arguments)
{
    return RUN_CASE(count_of, arguments, "/timers.tmp", cases);
}
