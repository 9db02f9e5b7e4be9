// posix-fairness: programs that take all they can get, and what is left for others.
#include "tests/posix/children.h"
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/resource.h>

enum { loops = 6, ann = 1001, mebibyte = 1 << 20 };

// One counter for each process, where all of them see it.
static atomic_long* counters;

static bool share_counters(void)
{
    counters = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return counters != MAP_FAILED;
}

static pid_t start_loop(int number, bool refuses_signals)
{
    pid_t const child = fork();
    if (child != 0)
        return child;
    sigset_t all;
    sigfillset(&all);
    if (refuses_signals)
        sigprocmask(SIG_BLOCK, &all, NULL);
    for (;;)
        atomic_fetch_add(&counters[number], 1);
}

// Within ten seconds.
static bool all_advance(int count)
{
    long before[loops];
    for (int i = 0; i < count; ++i)
        before[i] = atomic_load(&counters[i]);
    for (int round = 0; round < 1000; ++round) {
        bool have_all = true;
        for (int i = 0; i < count; ++i)
            have_all = have_all && atomic_load(&counters[i]) != before[i];
        if (have_all)
            return true;
        usleep(10000);
    }
    return false;
}

static bool is_killed(pid_t child)
{
    int status;
    return kill(child, SIGKILL) == 0 && waitpid(child, &status, 0) == child &&
           WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

// Nobody gives the processor back by himself: all go on, and whoever sleeps wakes up.
static bool endless_loops_share_the_time(void)
{
    pid_t children[loops];
    CHECK(share_counters());
    for (int i = 0; i < loops; ++i)
        children[i] = start_loop(i, false);
    CHECK(all_advance(loops));
    CHECK(is_killed(children[loops - 1]));
    long const at_its_end = atomic_load(&counters[loops - 1]);
    CHECK(all_advance(loops - 1));
    CHECK(atomic_load(&counters[loops - 1]) == at_its_end);
    for (int i = 0; i < loops - 1; ++i)
        CHECK(is_killed(children[i]));
    return true;
}

static bool nobody_can_refuse_to_end(void)
{
    int status;
    CHECK(share_counters());
    pid_t const child = start_loop(0, true);
    CHECK(all_advance(1) && kill(child, SIGTERM) == 0 && kill(child, SIGINT) == 0);
    CHECK(all_advance(1) && waitpid(child, &status, WNOHANG) == 0);
    CHECK(is_killed(child));
    return true;
}

static void become_ann(void)
{
    REQUIRE(setgroups(0, NULL) == 0 && setgid(ann) == 0 && setuid(ann) == 0);
}

// Takes memory until there is none for her, one way or the other. A process is paid by the user
// who it was made by, so it is a child of ann's.
static pid_t start_hog(void)
{
    pid_t const child = fork();
    if (child != 0)
        return child;
    become_ann();
    pid_t const hog = fork();
    REQUIRE(hog >= 0);
    if (hog != 0) {
        int status;
        REQUIRE(waitpid(hog, &status, 0) == hog);
        _exit(status != 0);
    }
    for (char* at; (at = malloc(mebibyte)) != NULL;) {
        memset(at, 1, mebibyte);
        atomic_fetch_add(&counters[0], 1);
    }
    _exit(1);
}

// What others need all the time: memory, and processes.
static bool works(void)
{
    char* const some = malloc(mebibyte);
    CHECK(some != NULL);
    memset(some, 2, mebibyte);
    free(some);
    return true;
}

static bool a_memory_hog_leaves_some(void)
{
    int status;
    CHECK(share_counters());
    pid_t const hog = start_hog();
    do
        CHECK(works() && passes_in_child(works));
    while (waitpid(hog, &status, WNOHANG) == 0);
    CHECK(status != 0 && atomic_load(&counters[0]) >= 8);
    CHECK(works() && passes_in_child(works));
    return true;
}

static bool fills_the_volume(void)
{
    static char block[65536];
    become_ann();
    int const file = open("/tmp/filler", O_CREAT | O_EXCL | O_WRONLY, 0600);
    CHECK(file >= 0);
    while (write(file, block, sizeof block) > 0) {
    }
    CHECK(errno == ENOSPC);
    CHECK(write(file, block, sizeof block) == -1 && errno == ENOSPC);
    return true;
}

// It is told so; nobody loses what he has, other volumes are as before, and it all comes back.
static bool a_full_volume_is_an_error(void)
{
    char text[8] = "";
    int const other = open("/tmp/other", O_CREAT | O_RDWR, 0600);
    CHECK(other >= 0 && write(other, "before", 6) == 6);
    CHECK(passes_in_child(fills_the_volume));
    int const elsewhere = open("on-disk", O_CREAT | O_WRONLY, 0600);
    CHECK(elsewhere >= 0 && write(elsewhere, "text", 4) == 4 && close(elsewhere) == 0);
    CHECK(pread(other, text, 6, 0) == 6 && strcmp(text, "before") == 0);
    CHECK(unlink("/tmp/filler") == 0);
    CHECK(write(other, "after", 5) == 5);
    CHECK(close(other) == 0 && unlink("/tmp/other") == 0);
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(endless_loops_share_the_time),
    CASE(nobody_can_refuse_to_end),
    CASE(a_memory_hog_leaves_some),
    CASE(a_full_volume_is_an_error),
};

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/fairness.tmp", cases); }
