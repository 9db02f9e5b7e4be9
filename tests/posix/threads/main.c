// Threads, and the classics of synchronisation.
#include "tests/posix/check.h"
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

static pthread_t start(void* (*function)(void*), void* argument)
{
    pthread_t thread;
    REQUIRE(pthread_create(&thread, NULL, function, argument) == 0);
    return thread;
}

static void* join(pthread_t thread)
{
    void* result = NULL;
    REQUIRE(pthread_join(thread, &result) == 0);
    return result;
}

static void* say_hello(void* number) { return (void*)((intptr_t)number + 100); }

static bool thread_hello(void)
{
    enum { count = 10 };
    pthread_t threads[count];
    for (intptr_t i = 0; i < count; ++i)
        threads[i] = start(say_hello, (void*)i);
    for (intptr_t i = 0; i < count; ++i)
        CHECK((intptr_t)join(threads[i]) == 100 + i);
    return true;
}

// A buffer of 10 places, several producers and consumers.
enum { places = 10, items = 2000, workers = 3 };

static struct {
    pthread_mutex_t lock;
    pthread_cond_t has_item, has_room;
    int content[places];
    int used;
    long produced, consumed;
    int most;
} buffer = {.lock = PTHREAD_MUTEX_INITIALIZER,
            .has_item = PTHREAD_COND_INITIALIZER,
            .has_room = PTHREAD_COND_INITIALIZER};

static void* produce(void* unused)
{
    for (int i = 1; i <= items; ++i) {
        pthread_mutex_lock(&buffer.lock);
        while (buffer.used == places)
            pthread_cond_wait(&buffer.has_room, &buffer.lock);
        buffer.content[buffer.used++] = i;
        buffer.produced += i;
        if (buffer.used > buffer.most)
            buffer.most = buffer.used;
        pthread_cond_signal(&buffer.has_item);
        pthread_mutex_unlock(&buffer.lock);
    }
    return unused;
}

static void* consume(void* unused)
{
    for (int i = 0; i < items; ++i) {
        pthread_mutex_lock(&buffer.lock);
        while (buffer.used == 0)
            pthread_cond_wait(&buffer.has_item, &buffer.lock);
        buffer.consumed += buffer.content[--buffer.used];
        pthread_cond_signal(&buffer.has_room);
        pthread_mutex_unlock(&buffer.lock);
    }
    return unused;
}

static bool bounded_buffer(void)
{
    pthread_t threads[2 * workers];
    for (int i = 0; i < workers; ++i) {
        threads[i] = start(produce, NULL);
        threads[workers + i] = start(consume, NULL);
    }
    for (int i = 0; i < 2 * workers; ++i)
        join(threads[i]);
    long const expected = (long)workers * items * (items + 1) / 2;
    CHECK(buffer.produced == expected && buffer.consumed == expected);
    CHECK(buffer.used == 0 && buffer.most <= places);
    return true;
}

static sem_t arrived[2];
static atomic_int first_halves = 0;

static void* meet(void* number)
{
    int const own = (int)(intptr_t)number;
    atomic_fetch_add(&first_halves, 1);
    sem_post(&arrived[own]);
    sem_wait(&arrived[1 - own]);
    return (void*)(intptr_t)(atomic_load(&first_halves) == 2);
}

static bool rendezvous(void)
{
    for (int round = 0; round < 50; ++round) {
        first_halves = 0;
        CHECK(sem_init(&arrived[0], 0, 0) == 0 && sem_init(&arrived[1], 0, 0) == 0);
        pthread_t const one = start(meet, (void*)0);
        pthread_t const two = start(meet, (void*)1);
        CHECK(join(one) != NULL && join(two) != NULL);
    }
    return true;
}

static pthread_rwlock_t document = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t all_read;
static int text[2];

static void* read_together(void* unused)
{
    pthread_rwlock_rdlock(&document);
    pthread_barrier_wait(&all_read);  // no reader gets here unless all do at once
    bool const is_whole = text[0] == text[1];
    pthread_rwlock_unlock(&document);
    (void)unused;
    return (void*)(intptr_t)is_whole;
}

static void* write_text(void* unused)
{
    for (int i = 0; i < 200; ++i) {
        pthread_rwlock_wrlock(&document);
        ++text[0];
        sched_yield();
        ++text[1];
        pthread_rwlock_unlock(&document);
    }
    return unused;
}

static bool readers_and_writers(void)
{
    enum { readers = 4 };
    CHECK(pthread_barrier_init(&all_read, NULL, readers) == 0);
    pthread_t threads[readers];
    for (int i = 0; i < readers; ++i)
        threads[i] = start(read_together, NULL);
    for (int i = 0; i < readers; ++i)
        CHECK(join(threads[i]) != NULL);
    pthread_t const one = start(write_text, NULL);
    pthread_t const two = start(write_text, NULL);
    join(one);
    join(two);
    CHECK(text[0] == 400 && text[1] == 400);
    return true;
}

enum { additions = 100000 };
static atomic_long counted = 0;

static void* count_up(void* unused)
{
    for (int i = 0; i < additions; ++i)
        atomic_fetch_add(&counted, 1);
    return unused;
}

static bool atomic_additions(void)
{
    pthread_t const one = start(count_up, NULL);
    pthread_t const two = start(count_up, NULL);
    join(one);
    join(two);
    CHECK(counted == 2L * additions);
    return true;
}

// x++ in its three steps, with another thread's between the first and the last.
static long volatile plain = 0;
static sem_t has_read, has_added;

static void* add_slowly(void* unused)
{
    long const seen = plain;
    sem_post(&has_read);
    sem_wait(&has_added);
    plain = seen + 1;
    return unused;
}

static bool a_plain_addition_is_lost(void)
{
    CHECK(sem_init(&has_read, 0, 0) == 0 && sem_init(&has_added, 0, 0) == 0);
    pthread_t const other = start(add_slowly, NULL);
    sem_wait(&has_read);
    ++plain;
    sem_post(&has_added);
    join(other);
    CHECK(plain == 1);
    return true;
}

static _Thread_local int own_value = 1;

static void* change_own(void* unused)
{
    own_value = 2;
    errno = 1234;
    return unused;
}

static bool variables_of_each_thread(void)
{
    errno = 0;
    join(start(change_own, NULL));
    CHECK(own_value == 1 && errno == 0);
    return true;
}

static int ends[2];
static void* read_a_byte(void* unused)
{
    char byte = 0;
    REQUIRE(read(ends[0], &byte, 1) == 1);
    (void)unused;
    return (void*)(intptr_t)byte;
}

static bool one_waits_others_run(void)
{
    CHECK(pipe(ends) == 0);
    pthread_t const reader = start(read_a_byte, NULL);
    counted = 0;
    join(start(count_up, NULL));
    CHECK(counted == additions && write(ends[1], "y", 1) == 1);
    CHECK((intptr_t)join(reader) == 'y');
    return true;
}

static void* wait_for_child(void* child)
{
    int status = 0;
    pid_t const number = (pid_t)(intptr_t)child;
    REQUIRE(waitpid(number, &status, 0) == number);
    return (void*)(intptr_t)WEXITSTATUS(status);
}

// Several threads wait for a child each, at once.
static bool several_threads_wait_for_children(void)
{
    enum { count = 3 };
    pthread_t threads[count];
    int gate[2];
    CHECK(pipe(gate) == 0);
    for (int i = 0; i < count; ++i) {
        pid_t const child = fork();
        if (child == 0) {
            char byte;
            CHECK(read(gate[0], &byte, 1) == 1);
            _exit(10 + i);
        }
        threads[i] = start(wait_for_child, (void*)(intptr_t)child);
    }
    CHECK(write(gate[1], "xxx", count) == count);
    for (int i = 0; i < count; ++i)
        CHECK((intptr_t)join(threads[i]) == 10 + i);
    return true;
}

static bool waits_with_a_deadline(void)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t never = PTHREAD_COND_INITIALIZER;
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 20000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        ++until.tv_sec;
    }
    pthread_mutex_lock(&lock);
    CHECK(pthread_cond_timedwait(&never, &lock, &until) == ETIMEDOUT);
    sem_t none;
    CHECK(sem_init(&none, 0, 0) == 0);
    CHECK(sem_timedwait(&none, &until) == -1 && errno == ETIMEDOUT);
    return true;
}

static pthread_t volatile handled_by;
static int volatile handled = 0;

static void note_thread(int signal)
{
    (void)signal;
    handled_by = pthread_self();
    ++handled;
}

static void set_handler(int signal)
{
    struct sigaction const action = {.sa_handler = note_thread};
    REQUIRE(sigaction(signal, &action, NULL) == 0);
}

static void block(int signal)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    REQUIRE(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
}

static int gate[2];

// Interrupted at its read, or before: then the byte is there for it.
static void* read_until_interrupted(void* unused)
{
    char byte;
    (void)unused;
    return (void*)(intptr_t)(read(gate[0], &byte, 1) == -1 && errno == EINTR);
}

static void* compute_until_handled(void* unused)
{
    while (handled == 0)
        ;
    return unused;
}

static bool signals_to_threads(void)
{
    CHECK(pipe(gate) == 0);
    set_handler(SIGUSR1);
    pthread_t thread = start(read_until_interrupted, NULL);
    void* result;
    do  // again, as the first one may come before the thread reads
        CHECK(pthread_kill(thread, SIGUSR1) == 0 && usleep(1000) == 0);
    while (pthread_tryjoin_np(thread, &result) != 0);
    CHECK(result != NULL && handled >= 1 && pthread_equal(handled_by, thread));
    handled = 0;
    thread = start(compute_until_handled, NULL);
    CHECK(pthread_kill(thread, SIGUSR1) == 0);
    join(thread);
    CHECK(handled == 1 && pthread_equal(handled_by, thread));
    CHECK(raise(SIGUSR1) == 0 && handled == 2 && pthread_equal(handled_by, pthread_self()));
    CHECK(pthread_kill(pthread_self(), 65) == EINVAL);
    return true;
}

// What is sent to the process goes to a thread that does not block it, whatever that one does.
static bool signals_to_the_process(void)
{
    CHECK(pipe(gate) == 0);
    set_handler(SIGUSR1);
    for (int round = 0; round < 20; ++round) {
        handled = 0;
        pthread_t const thread =
            start(round % 2 ? compute_until_handled : read_until_interrupted, NULL);
        block(SIGUSR1);
        pid_t const child = fork();
        while (child == 0) {  // again, as the first one may come before the thread reads
            REQUIRE(kill(getppid(), SIGUSR1) == 0);
            usleep(1000);
        }
        CHECK((join(thread) == NULL) == (round % 2 == 1));
        CHECK(kill(child, SIGKILL) == 0 && waitpid(child, NULL, 0) == child);
        CHECK(handled >= 1 && pthread_equal(handled_by, thread));
        sigset_t none;
        sigemptyset(&none);
        CHECK(pthread_sigmask(SIG_SETMASK, &none, NULL) == 0);
    }
    return true;
}

static void* wait_for_signals(void* count)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    int sum = 0;
    for (int i = 0; i < (int)(intptr_t)count; ++i) {
        siginfo_t info;
        REQUIRE(sigwaitinfo(&set, &info) == SIGUSR1);
        sum += info.si_value.sival_int;
    }
    return (void*)(intptr_t)sum;
}

// All threads block it; one waits for it.
static bool a_thread_that_waits_for_signals(void)
{
    block(SIGUSR1);
    pthread_t const waiter = start(wait_for_signals, (void*)3);
    for (int i = 1; i <= 3; ++i) {
        CHECK(sigqueue(getpid(), SIGUSR1, (union sigval){.sival_int = i}) == 0);
        sigset_t pending;
        do
            CHECK(sigpending(&pending) == 0);
        while (sigismember(&pending, SIGUSR1));
        usleep(5000);
    }
    CHECK((intptr_t)join(waiter) == 6);
    return true;
}

static int volatile cleaned = 0;
static void clean(void* amount) { cleaned += (int)(intptr_t)amount; }

static sem_t never_posted, begun;

static void* wait_in(void* how)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t never = PTHREAD_COND_INITIALIZER;
    char byte;
    pthread_cleanup_push(clean, (void*)1);
    sem_post(&begun);
    switch ((intptr_t)how) {
    case 0:
        read(gate[0], &byte, 1);
        break;
    case 1:
        sem_wait(&never_posted);
        break;
    case 2:
        sleep(1000);
        break;
    case 3:
        pthread_mutex_lock(&lock);
        pthread_cond_wait(&never, &lock);
        break;
    case 4:
        wait(NULL);
        break;
    default:
        for (;;)
            pthread_testcancel();
    }
    pthread_cleanup_pop(0);
    return NULL;
}

static bool cancelled_threads(void)
{
    enum { ways = 6 };
    CHECK(pipe(gate) == 0 && sem_init(&never_posted, 0, 0) == 0);
    CHECK(sem_init(&begun, 0, 0) == 0);
    pid_t const child = fork();
    if (child == 0)
        for (;;)
            pause();
    for (intptr_t i = 0; i < 2 * ways; ++i) {
        pthread_t const thread = start(wait_in, (void*)(i / 2));
        CHECK(sem_wait(&begun) == 0 && (i % 4 == 0 || usleep(20000) == 0));
        CHECK(pthread_cancel(thread) == 0);
        CHECK(join(thread) == PTHREAD_CANCELED && cleaned == i + 1);
    }
    CHECK(kill(child, SIGKILL) == 0 && waitpid(child, NULL, 0) == child);
    return true;
}

static void* end_later(void* parent)
{
    join(*(pthread_t*)parent);
    usleep(20000);
    (void)raise(SIGUSR1);
    exit(handled == 1 ? 6 : 1);
}

// The process lives on until its last thread ends, and takes signals.
static bool the_first_thread_ends_before_others(void)
{
    static pthread_t first;
    set_handler(SIGUSR1);
    pid_t const child = fork();
    if (child == 0) {
        first = pthread_self();
        start(end_later, &first);
        pthread_exit(NULL);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 6);
    return true;
}

static atomic_bool is_over;
static int shared_directory;

static void* open_and_close(void* unused)
{
    while (!is_over) {
        int const file = open("/bin", O_RDONLY | O_DIRECTORY);
        REQUIRE(file >= 0 && close(dup(file)) == 0 && close(file) == 0);
    }
    return unused;
}

static void* change_directories(void* unused)
{
    while (!is_over)
        REQUIRE(chdir("/bin") == 0 && chdir("/") == 0);
    return unused;
}

static void* read_directory(void* unused)
{
    char entries[512];
    while (!is_over)
        if (syscall(SYS_getdents64, shared_directory, entries, sizeof entries) <= 0)
            REQUIRE(lseek(shared_directory, 0, SEEK_SET) == 0);
    return unused;
}

static void* map_a_file(void* unused)
{
    int const file = open("/bin/busybox", O_RDONLY);
    while (!is_over) {
        void* const pages = mmap(NULL, 8192, PROT_READ, MAP_SHARED, file, 0);
        REQUIRE(pages != MAP_FAILED && munmap(pages, 8192) == 0);
    }
    close(file);
    return unused;
}

static void use_what_others_used(void)
{
    char text[512];
    alarm(20);
    int const file = open("/bin/busybox", O_RDONLY);
    REQUIRE(file >= 0 && getcwd(text, sizeof text) != NULL && geteuid() == 0);
    REQUIRE(mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0) != MAP_FAILED);
    REQUIRE(syscall(SYS_getdents64, shared_directory, text, sizeof text) >= 0);
    free(malloc(100000));
    _exit(0);
}

// The child has one thread, and no lock that the others held.
static bool forks_beside_busy_threads(void)
{
    static void* (*const functions[])(void*) = {open_and_close, change_directories, read_directory,
                                                map_a_file};
    enum { count = sizeof functions / sizeof functions[0] };
    pthread_t threads[count];
    shared_directory = open("/bin", O_RDONLY | O_DIRECTORY);
    CHECK(shared_directory >= 0);
    for (int i = 0; i < count; ++i)
        threads[i] = start(functions[i], NULL);
    bool passed = true;
    for (int round = 0; round < 100 && passed; ++round) {
        int status = 1;
        pid_t const child = fork();
        if (child == 0)
            use_what_others_used();
        passed = child > 0 && waitpid(child, &status, 0) == child && status == 0;
        if (!passed)
            printf("round %d: status %x\n", round, (unsigned)status);
    }
    is_over = true;
    for (int i = 0; i < count; ++i)
        join(threads[i]);
    close(shared_directory);
    return passed;
}

static void* allocate(void* unused)
{
    while (!is_over) {
        void* volatile places[8];
        for (int i = 0; i < 8; ++i)
            places[i] = malloc((size_t)(16 + 40 * i));
        for (int i = 0; i < 8; ++i)
            free(places[i]);
    }
    return unused;
}

static bool spawned_well(void)
{
    static char* arguments[] = {"true", NULL};
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = 1;
    CHECK(posix_spawn_file_actions_init(&actions) == 0);
    CHECK(posix_spawn_file_actions_addopen(&actions, 3, "/dev/null", O_RDONLY, 0) == 0);
    CHECK(posix_spawn(&child, "/bin/true", &actions, NULL, arguments, NULL) == 0);
    posix_spawn_file_actions_destroy(&actions);
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    child = vfork();
    if (child == 0)
        _exit(open("/dev/null", O_RDONLY) < 0);
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    return status == 0;
}

// The child opens a file, which takes malloc's lock.
static bool spawns_beside_threads_that_allocate(void)
{
    pthread_t threads[3];
    for (int i = 0; i < 3; ++i)
        threads[i] = start(allocate, NULL);
    bool passed = true;
    for (int round = 0; round < 60 && passed; ++round)
        passed = spawned_well();
    is_over = true;
    for (int i = 0; i < 3; ++i)
        join(threads[i]);
    return passed;
}

// Whose turn it is, of two threads that never wait in the kernel.
static atomic_int turn;

static void* give_back(void* unused)
{
    while (!is_over)
        if (turn == 1)
            turn = 0;
    return unused;
}

static double time_for_exchanges(int count)
{
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (int i = 0; i < count; ++i) {
        turn = 1;
        while (turn == 1) {
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    return (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
}

// On one hart each exchange would take two turns of the scheduler, of 10 ms each.
static bool threads_run_at_the_same_time(void)
{
    enum { rounds = 20, exchanges = 20 };
    pthread_t const other = start(give_back, NULL);
    double best = time_for_exchanges(exchanges);
    for (int round = 1; round < rounds; ++round) {
        double const time = time_for_exchanges(exchanges);
        best = time < best ? time : best;
    }
    is_over = true;
    join(other);
    CHECK(best < exchanges * 0.020 / 4);
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(thread_hello),
    CASE(bounded_buffer),
    CASE(rendezvous),
    CASE(readers_and_writers),
    CASE(atomic_additions),
    CASE(a_plain_addition_is_lost),
    CASE(variables_of_each_thread),
    CASE(one_waits_others_run),
    CASE(several_threads_wait_for_children),
    CASE(signals_to_threads),
    CASE(signals_to_the_process),
    CASE(a_thread_that_waits_for_signals),
    CASE(cancelled_threads),
    CASE(the_first_thread_ends_before_others),
    CASE(waits_with_a_deadline),
    CASE(forks_beside_busy_threads),
    CASE(spawns_beside_threads_that_allocate),
    CASE(threads_run_at_the_same_time),
};

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/threads.tmp", cases); }
