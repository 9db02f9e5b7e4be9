// posix-sharing: what wakes threads of other processes.
#include "tests/posix/children.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/mman.h>
#include <time.h>

enum { children = 4, rounds = 200 };

// In memory that all processes of a case share.
static struct shared {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_rwlock_t readers_and_writers;
    pthread_barrier_t barrier;
    sem_t items, room;
    long sum, other_sum;
    int turn, ready;
    int passed[children];
}* shared;

static bool make_objects(struct shared* place)
{
    pthread_mutexattr_t mutex;
    pthread_condattr_t condition;
    pthread_rwlockattr_t rwlock;
    pthread_barrierattr_t barrier;
    shared = place;
    CHECK(place != MAP_FAILED);
    CHECK(pthread_mutexattr_init(&mutex) == 0 && pthread_condattr_init(&condition) == 0);
    CHECK(pthread_rwlockattr_init(&rwlock) == 0 && pthread_barrierattr_init(&barrier) == 0);
    CHECK(pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED) == 0);
    CHECK(pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED) == 0);
    CHECK(pthread_rwlockattr_setpshared(&rwlock, PTHREAD_PROCESS_SHARED) == 0);
    CHECK(pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_SHARED) == 0);
    CHECK(pthread_mutex_init(&shared->lock, &mutex) == 0);
    CHECK(pthread_cond_init(&shared->changed, &condition) == 0);
    CHECK(pthread_rwlock_init(&shared->readers_and_writers, &rwlock) == 0);
    CHECK(pthread_barrier_init(&shared->barrier, &barrier, children) == 0);
    CHECK(sem_init(&shared->items, 1, 0) == 0 && sem_init(&shared->room, 1, 2) == 0);
    return true;
}

static bool share_memory(void)
{
    return make_objects(
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
}

static int own_number;

static bool passes_in_children(bool (*part)(void))
{
    pid_t processes[children];
    bool passed = true;
    for (own_number = 0; own_number < children; ++own_number)
        processes[own_number] = start_child(part);
    for (int i = 0; i < children; ++i)
        passed &= ended_well(processes[i]);
    return passed;
}

// Whoever is disturbed in the middle of it would be found out by the sum.
static void add_slowly(long* sum)
{
    long const before = *sum;
    for (int volatile i = 0; i < 50; ++i)
        ;
    *sum = before + 1;
}

static bool add_under_lock(void)
{
    for (int i = 0; i < rounds; ++i) {
        CHECK(pthread_mutex_lock(&shared->lock) == 0);
        add_slowly(&shared->sum);
        if (i % 16 == 0)
            sched_yield();
        CHECK(pthread_mutex_unlock(&shared->lock) == 0);
    }
    return true;
}

static bool mutexes_exclude_processes(void)
{
    CHECK(share_memory() && passes_in_children(add_under_lock));
    CHECK(shared->sum == children * rounds);
    return true;
}

static bool take_turns(void)
{
    CHECK(pthread_mutex_lock(&shared->lock) == 0);
    for (int i = 0; i < rounds; ++i) {
        while (shared->turn != own_number)
            CHECK(pthread_cond_wait(&shared->changed, &shared->lock) == 0);
        shared->turn = (own_number + 1) % children;
        CHECK(pthread_cond_broadcast(&shared->changed) == 0);
    }
    return pthread_mutex_unlock(&shared->lock) == 0;
}

static bool conditions_wake_processes(void)
{
    CHECK(share_memory() && passes_in_children(take_turns));
    CHECK(shared->turn == 0);
    return true;
}

static bool meet(void)
{
    for (int i = 1; i <= rounds; ++i) {
        shared->passed[own_number] = i;
        int const result = pthread_barrier_wait(&shared->barrier);
        CHECK(result == 0 || result == PTHREAD_BARRIER_SERIAL_THREAD);
        for (int other = 0; other < children; ++other)
            CHECK(shared->passed[other] >= i);
        pthread_barrier_wait(&shared->barrier);
    }
    return true;
}

static bool barriers_gather_processes(void) { return share_memory() && passes_in_children(meet); }

static bool read_and_write(void)
{
    for (int i = 0; i < rounds; ++i) {
        CHECK(pthread_rwlock_wrlock(&shared->readers_and_writers) == 0);
        add_slowly(&shared->sum);
        if (i % 16 == 0)
            usleep(1000);  // the others stop spinning, and wait
        add_slowly(&shared->other_sum);
        CHECK(pthread_rwlock_unlock(&shared->readers_and_writers) == 0);
        CHECK(pthread_rwlock_rdlock(&shared->readers_and_writers) == 0);
        CHECK(shared->sum == shared->other_sum);
        CHECK(pthread_rwlock_unlock(&shared->readers_and_writers) == 0);
    }
    return true;
}

static bool read_write_locks_exclude_processes(void)
{
    CHECK(share_memory() && passes_in_children(read_and_write));
    CHECK(shared->sum == children * rounds && shared->other_sum == shared->sum);
    return true;
}

// Half of them put things in, the other half takes them out.
static bool put_or_take(void)
{
    sem_t* const mine = own_number % 2 == 0 ? &shared->room : &shared->items;
    sem_t* const theirs = own_number % 2 == 0 ? &shared->items : &shared->room;
    for (int i = 0; i < rounds; ++i)
        CHECK(sem_wait(mine) == 0 && sem_post(theirs) == 0);
    return true;
}

static bool semaphores_count_for_processes(void)
{
    int items = 0, room = 0;
    CHECK(share_memory() && passes_in_children(put_or_take));
    CHECK(sem_getvalue(&shared->items, &items) == 0 && sem_getvalue(&shared->room, &room) == 0);
    CHECK(items == 0 && room == 2);
    return true;
}

// The same words, found by two mappings of a file.
static struct shared* map_file(void)
{
    int const file = open("objects", O_RDWR | O_CREAT, 0600);
    REQUIRE(file >= 0 && ftruncate(file, 3 * 4096) == 0);
    void* const place = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 4096);
    close(file);
    return place;
}

static bool take_turns_in_another_mapping(void)
{
    shared = map_file();
    CHECK(shared != MAP_FAILED);
    return take_turns();
}

static bool files_are_shared_memory(void)
{
    CHECK(make_objects(map_file()));
    CHECK(passes_in_children(take_turns_in_another_mapping));
    CHECK(shared->turn == 0);
    return true;
}

static bool wait_for_named(void)
{
    sem_t* const named = sem_open("/turn", 0);
    CHECK(named != SEM_FAILED && sem_wait(named) == 0);
    return sem_close(named) == 0;
}

static bool semaphores_have_names(void)
{
    struct stat status;
    CHECK_FAILS(sem_open("/turn", 0) == SEM_FAILED ? -1 : 0, ENOENT);
    sem_t* const named = sem_open("/turn", O_CREAT | O_EXCL, 0600, 0);
    CHECK(named != SEM_FAILED);
    CHECK(stat("/dev/shm/turn", &status) == 0);
    pid_t const child = start_child(wait_for_named);
    usleep(2000);
    CHECK(sem_post(named) == 0 && ended_well(child));
    CHECK_FAILS(sem_open("/turn", O_CREAT | O_EXCL, 0600, 0) == SEM_FAILED ? -1 : 0, EEXIST);
    CHECK(sem_unlink("/turn") == 0);
    CHECK_FAILS(sem_unlink("/turn"), ENOENT);
    CHECK(sem_trywait(named) < 0 && errno == EAGAIN && sem_close(named) == 0);
    return true;
}

static bool find_memory_by_name(void)
{
    int const memory = shm_open("/memory", O_RDWR, 0);
    CHECK(memory >= 0);
    int* const place = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    CHECK(place != MAP_FAILED && place[0] == 42);
    place[1] = 43;
    return true;
}

static bool memory_has_names(void)
{
    int const memory = shm_open("/memory", O_RDWR | O_CREAT | O_EXCL, 0600);
    CHECK(memory >= 0 && ftruncate(memory, 4096) == 0);
    int* const place = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    CHECK(place != MAP_FAILED);
    place[0] = 42;
    CHECK(passes_in_child(find_memory_by_name) && place[1] == 43);
    CHECK(shm_unlink("/memory") == 0);
    CHECK_FAILS(shm_open("/memory", O_RDWR, 0), ENOENT);
    CHECK(place[0] == 42);
    return true;
}

static bool waits_have_a_deadline(void)
{
    struct timespec until;
    CHECK(share_memory());
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 2000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        ++until.tv_sec;
    }
    CHECK_FAILS(sem_timedwait(&shared->items, &until), ETIMEDOUT);
    CHECK(pthread_mutex_lock(&shared->lock) == 0);
    CHECK(pthread_cond_timedwait(&shared->changed, &shared->lock, &until) == ETIMEDOUT);
    return true;
}

static void ignore(int signal) { (void)signal; }

static bool wait_until_interrupted(void)
{
    struct sigaction action = {.sa_handler = ignore};
    CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
    shared->ready = 1;
    CHECK_FAILS(sem_wait(&shared->items), EINTR);
    return true;
}

// A waiter that is killed takes no wake with it.
static bool waits_end_with_their_process(void)
{
    CHECK(share_memory());
    pid_t const interrupted = start_child(wait_until_interrupted);
    while (!*(int volatile*)&shared->ready)
        usleep(100);
    int status = 0;
    while (waitpid(interrupted, &status, WNOHANG) == 0) {
        CHECK(kill(interrupted, SIGUSR1) == 0);
        usleep(1000);
    }
    CHECK(status == 0);
    for (int i = 0; i < children; ++i) {
        own_number = 1;
        pid_t const killed = start_child(put_or_take);
        usleep(2000);
        CHECK(kill(killed, SIGKILL) == 0 && waitpid(killed, &status, 0) == killed);
    }
    CHECK(passes_in_children(put_or_take));
    return true;
}

static bool make_lock(int type, int robust, int protocol)
{
    pthread_mutexattr_t attributes;
    CHECK(pthread_mutexattr_init(&attributes) == 0);
    CHECK(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
    CHECK(pthread_mutexattr_settype(&attributes, type) == 0);
    CHECK(pthread_mutexattr_setrobust(&attributes, robust) == 0);
    CHECK(pthread_mutexattr_setprotocol(&attributes, protocol) == 0);
    return pthread_mutex_init(&shared->lock, &attributes) == 0;
}

static bool find_it_taken(void)
{
    CHECK(pthread_mutex_trylock(&shared->lock) == EBUSY);
    CHECK(pthread_mutex_unlock(&shared->lock) == EPERM);
    return true;
}

// The first threads of two processes are two threads.
static bool owners_are_told_apart(void)
{
    static int const types[] = {PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_ERRORCHECK};
    CHECK(share_memory());
    CHECK(gettid() == getpid());
    for (int i = 0; i < 2; ++i)
        for (int protocol = PTHREAD_PRIO_NONE; protocol <= PTHREAD_PRIO_INHERIT; ++protocol) {
            CHECK(make_lock(types[i], PTHREAD_MUTEX_STALLED, protocol));
            CHECK(pthread_mutex_lock(&shared->lock) == 0);
            CHECK(ended_well(start_child(find_it_taken)));
            CHECK(pthread_mutex_unlock(&shared->lock) == 0);
        }
    return true;
}

static bool lock_and_stay(void)
{
    CHECK(pthread_mutex_lock(&shared->lock) == 0);
    *(int volatile*)&shared->ready = 1;
    for (;;)
        pause();
}

static bool lock_after_a_death(void)
{
    CHECK(pthread_mutex_lock(&shared->lock) == EOWNERDEAD);
    CHECK(pthread_mutex_consistent(&shared->lock) == 0);
    ++shared->sum;
    CHECK(pthread_mutex_unlock(&shared->lock) == 0);
    return true;
}

static bool lock_what_is_sound(void)
{
    CHECK(pthread_mutex_lock(&shared->lock) == 0);
    ++shared->sum;
    return pthread_mutex_unlock(&shared->lock) == 0;
}

// Killed with the lock; another process waits already, or comes later.
static bool outlives_its_owner(bool others_wait)
{
    int volatile* const ready = &shared->ready;
    *ready = 0;
    shared->sum = 0;
    pid_t const owner = start_child(lock_and_stay);
    while (*ready == 0)
        usleep(100);
    pid_t const waiter = others_wait ? start_child(lock_after_a_death) : 0;
    if (others_wait)
        usleep(20000);
    CHECK(kill(owner, SIGKILL) == 0);
    CHECK(others_wait || waitpid(owner, NULL, 0) == owner);
    CHECK(ended_well(others_wait ? waiter : start_child(lock_after_a_death)));
    CHECK(!others_wait || waitpid(owner, NULL, 0) == owner);
    CHECK(ended_well(start_child(lock_what_is_sound)));
    return shared->sum == 2;
}

static bool robust_mutexes_outlive_their_owner(void)
{
    CHECK(share_memory());
    for (int protocol = PTHREAD_PRIO_NONE; protocol <= PTHREAD_PRIO_INHERIT; ++protocol)
        for (int round = 0; round < 10; ++round) {
            CHECK(make_lock(PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ROBUST, protocol));
            CHECK(outlives_its_owner(round % 2 == 0));
        }
    return true;
}

static bool lock_and_be_killed(void)
{
    CHECK(pthread_mutex_lock(&shared->lock) == 0);
    return kill(getpid(), SIGKILL) == 0;
}

static bool lock_and_mend(void)
{
    int const locked = pthread_mutex_lock(&shared->lock);
    CHECK(locked == 0 || locked == EOWNERDEAD);
    CHECK(locked == 0 || pthread_mutex_consistent(&shared->lock) == 0);
    ++shared->sum;
    return pthread_mutex_unlock(&shared->lock) == 0;
}

// One of several that wait is killed with the lock: the others began to wait for somebody else.
static bool robust_mutexes_outlive_who_waited(void)
{
    enum { waiting = 3 };
    CHECK(share_memory());
    for (int protocol = PTHREAD_PRIO_NONE; protocol <= PTHREAD_PRIO_INHERIT; ++protocol) {
        CHECK(make_lock(PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ROBUST, protocol));
        CHECK(pthread_mutex_lock(&shared->lock) == 0);
        shared->sum = 0;
        pid_t const killed = start_child(lock_and_be_killed);
        usleep(20000);
        pid_t others[waiting];
        for (int i = 0; i < waiting; ++i)
            others[i] = start_child(lock_and_mend);
        usleep(20000);
        CHECK(pthread_mutex_unlock(&shared->lock) == 0);
        int status;
        CHECK(waitpid(killed, &status, 0) == killed && WIFSIGNALED(status));
        for (int i = 0; i < waiting; ++i)
            CHECK(ended_well(others[i]));
        CHECK(ended_well(start_child(lock_and_mend)) && shared->sum == waiting + 1);
    }
    return true;
}

// Nobody says that the state is sound: nobody can have it any more.
static bool leave_unsound(void)
{
    CHECK(pthread_mutex_lock(&shared->lock) == EOWNERDEAD);
    CHECK(pthread_mutex_unlock(&shared->lock) == 0);
    return true;
}

static bool a_robust_mutex_may_be_given_up(void)
{
    CHECK(share_memory());
    for (int protocol = PTHREAD_PRIO_NONE; protocol <= PTHREAD_PRIO_INHERIT; ++protocol) {
        CHECK(make_lock(PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ROBUST, protocol));
        *(int volatile*)&shared->ready = 0;
        pid_t const owner = start_child(lock_and_stay);
        while (!*(int volatile*)&shared->ready)
            usleep(100);
        CHECK(kill(owner, SIGKILL) == 0 && waitpid(owner, NULL, 0) == owner);
        CHECK(ended_well(start_child(leave_unsound)));
        CHECK(pthread_mutex_lock(&shared->lock) == ENOTRECOVERABLE);
    }
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(mutexes_exclude_processes),      CASE(conditions_wake_processes),
    CASE(barriers_gather_processes),      CASE(read_write_locks_exclude_processes),
    CASE(semaphores_count_for_processes), CASE(files_are_shared_memory),
    CASE(semaphores_have_names),          CASE(memory_has_names),
    CASE(waits_have_a_deadline),          CASE(waits_end_with_their_process),
    CASE(owners_are_told_apart),          CASE(robust_mutexes_outlive_their_owner),
    CASE(a_robust_mutex_may_be_given_up), CASE(robust_mutexes_outlive_who_waited),
};

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/sharing.tmp", cases); }
