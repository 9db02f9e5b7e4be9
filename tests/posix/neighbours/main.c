// posix-neighbours: checks how fast somebody gets on beside another user's program that takes all
// it can get.
#include "tests/posix/children.h"
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

// `worst`: with the hog a neighbour may take so many times as long for as much work as alone.
enum { ann = 1001, mebibyte = 1 << 20, portion = 12, worst = 30 };

// Where all processes see it: what the neighbour has done, and how often the hog was refused
// something.
static struct {
    atomic_long done, refused;
}* shared;

static void stay(void)
{
    for (;;)
        pause();
}

// A day's work, over and over: it computes, writes and reads a file, and has a child do something.
static bool work(void)
{
    char block[512];
    int const file = open("work", O_RDWR | O_CREAT, 0600);
    CHECK(file >= 0);
    for (;;) {
        for (size_t i = 0; i < sizeof block; ++i)
            block[i] = (char)(i * 7 + (size_t)shared->done);
        CHECK(pwrite(file, block, sizeof block, 0) == sizeof block);
        CHECK(pread(file, block, sizeof block, 0) == sizeof block);
        pid_t const child = fork();
        if (child == 0)
            _exit(5);
        int status;
        CHECK(child > 0 && waitpid(child, &status, 0) == child && status == 5 << 8);
        atomic_fetch_add(&shared->done, 1);
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// How long the neighbour takes for some work.
static double time_for_a_portion(void)
{
    double const begin = seconds();
    long const end = atomic_load(&shared->done) + portion;
    while (atomic_load(&shared->done) < end) {
        REQUIRE(seconds() < begin + 100);
        usleep(2000);
    }
    return seconds() - begin;
}

static void fork_for_ever(void)
{
    for (;;)
        if (fork() < 0)
            atomic_fetch_add(&shared->refused, 1);
}

// The process that touches the page that is not there ends: the next one tries.
static void take_memory(void)
{
    for (;;) {
        pid_t const child = fork();
        while (child == 0) {
            char* const piece = malloc(mebibyte);
            if (piece == NULL)
                _exit(1);
            memset(piece, 1, mebibyte);
        }
        if (child < 0 || waitpid(child, NULL, 0) == child)
            atomic_fetch_add(&shared->refused, 1);
    }
}

static void fill_the_volume(void)
{
    static char block[16384];
    int const file = open("/tmp/filler", O_CREAT | O_TRUNC | O_WRONLY, 0600);
    for (;;)
        if (write(file, block, sizeof block) < 0 && errno == ENOSPC)
            atomic_fetch_add(&shared->refused, 1);
}

static pid_t start_hog(void (*hog)(void))
{
    fflush(stdout);
    pid_t const child = fork();
    if (child == 0) {
        struct rlimit const some = {.rlim_cur = 48, .rlim_max = 48};
        REQUIRE(setpgid(0, 0) == 0 && setrlimit(RLIMIT_NPROC, &some) == 0);
        REQUIRE(setgroups(0, NULL) == 0 && setgid(ann) == 0 && setuid(ann) == 0);
        if (fork() == 0)
            hog();
        stay();
    }
    return child;
}

static void end_group(pid_t group)
{
    while (kill(-group, SIGKILL) == 0)
        while (waitpid(-group, NULL, WNOHANG) > 0) {
        }
}

// Faster again when the hog has gone.
static bool gets_on_beside(void (*hog)(void))
{
    shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(shared != MAP_FAILED);
    pid_t const neighbour = start_child(work);
    (void)time_for_a_portion();  // until all is where it is needed
    double const alone = time_for_a_portion();
    pid_t const group = start_hog(hog);
    while (atomic_load(&shared->refused) == 0)
        usleep(1000);
    double const beside = time_for_a_portion();
    end_group(group);
    double const afterwards = time_for_a_portion();
    if (beside > worst * alone || afterwards > 3 * alone)
        printf("%f s alone, %f s beside it, %f s afterwards\n", alone, beside, afterwards);
    CHECK(beside <= worst * alone && afterwards <= 3 * alone);
    CHECK(waitpid(neighbour, NULL, WNOHANG) == 0 && kill(neighbour, SIGKILL) == 0);
    CHECK(waitpid(neighbour, NULL, 0) == neighbour);
    return true;
}

static bool a_fork_bomb(void) { return gets_on_beside(fork_for_ever); }
static bool a_memory_hog(void) { return gets_on_beside(take_memory); }

static bool a_disk_filler(void)
{
    bool const is_well = gets_on_beside(fill_the_volume);
    CHECK(unlink("/tmp/filler") == 0);
    return is_well;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(a_fork_bomb),
    CASE(a_memory_hog),
    CASE(a_disk_filler),
};

int main(int count, char** arguments)
{
    return RUN_CASE(count, arguments, "/neighbours.tmp", cases);
}
