// posix-costs: checks of what copies of processes and new programs cost, in memory and in time.
//     posix-costs CASE
//     posix-costs --hold: touches all of itself, says so, and stays until its input ends
#include "tests/posix/children.h"
#include <fcntl.h>
#include <spawn.h>
#include <sys/sysinfo.h>
#include <time.h>

enum { kibibyte = 1024, mebibyte = 1 << 20, page_bytes = 4096, large = 6 * mebibyte };

static char const own_path[] = "/tests/posix-costs";

// What makes the program large: it is never written.
static char const ballast[mebibyte] = {1};

static unsigned long free_memory(void)
{
    struct sysinfo info;
    REQUIRE(sysinfo(&info) == 0);
    return info.freeram * info.mem_unit;
}

static int touch_all_and_hold(void)
{
    int volatile sum = 0;
    for (size_t i = 0; i < sizeof ballast; i += page_bytes)
        sum += ballast[i];
    char byte = (char)sum;
    return write(STDOUT_FILENO, &byte, 1) != 1 || read(STDIN_FILENO, &byte, 1) != 0;
}

// Another process with the same program, at work. It ends when `input` is closed.
static pid_t start_instance(int* input)
{
    int to[2], from[2];
    char byte;
    REQUIRE(pipe2(to, O_CLOEXEC) == 0 && pipe2(from, O_CLOEXEC) == 0);
    pid_t const child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        execl(own_path, own_path, "--hold", (char*)NULL);
        _exit(99);
    }
    close(to[0]);
    close(from[1]);
    REQUIRE(read(from[0], &byte, 1) == 1 && byte == 1 && close(from[0]) == 0);
    *input = to[1];
    return child;
}

// One text for all who run the program.
static bool a_second_instance_costs_little(void)
{
    enum { instances = 3 };
    pid_t children[instances];
    int inputs[instances];
    children[0] = start_instance(&inputs[0]);
    unsigned long const before = free_memory();
    for (int i = 1; i < instances; ++i)
        children[i] = start_instance(&inputs[i]);
    CHECK(before - free_memory() < (instances - 1) * 384 * kibibyte);
    for (int i = 0; i < instances; ++i)
        CHECK(close(inputs[i]) == 0 && ended_well(children[i]));
    return true;
}

static char* grow(void)
{
    char* const block = malloc(large);
    REQUIRE(block != NULL);
    memset(block, 1, large);
    return block;
}

// Copies have their parent's pages until they write them.
static bool a_large_process_is_copied_as_cheaply(void)
{
    enum { copies = 3 };
    char* const block = grow();
    int gate[2];
    char byte;
    pid_t children[copies];
    CHECK(pipe(gate) == 0);
    unsigned long const before = free_memory();
    for (int i = 0; i < copies; ++i) {
        children[i] = fork();
        if (children[i] == 0)
            _exit(close(gate[1]) != 0 || read(gate[0], &byte, 1) != 0 || block[large - 1] != 1);
    }
    CHECK(before - free_memory() < large / 8 * copies);
    CHECK(close(gate[1]) == 0);
    for (int i = 0; i < copies; ++i)
        CHECK(ended_well(children[i]));
    free(block);
    return true;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// The shortest of some times: what else happens on the machine only adds.
static double time_of(void (*action)(void))
{
    double best = 1000;
    for (int round = 0; round < 12; ++round) {
        double const begin = seconds();
        action();
        double const time = seconds() - begin;
        best = time < best ? time : best;
    }
    return best;
}

static void wait_for(pid_t child)
{
    int status;
    REQUIRE(child > 0 && waitpid(child, &status, 0) == child && status == 0);
}

static void fork_and_wait(void)
{
    pid_t const child = fork();
    if (child == 0)
        _exit(0);
    wait_for(child);
}

static char *source, *target;

static void copy_all(void) { memcpy(target, source, large); }

// By what a fork takes longer, the larger process has not been copied.
static bool a_fork_takes_less_time_than_a_copy(void)
{
    double const small = time_of(fork_and_wait);
    source = grow();
    double const grown = time_of(fork_and_wait);
    target = grow();
    double const copy = time_of(copy_all);
    if (grown - small >= copy)
        printf("fork %f s, of a large process %f s; a copy %f s\n", small, grown, copy);
    CHECK(grown - small < copy);
    free(source);
    free(target);
    return true;
}

static char* true_arguments[] = {"true", NULL};

static void fork_and_exec(void)
{
    pid_t const child = fork();
    if (child == 0) {
        execv("/bin/true", true_arguments);
        _exit(99);
    }
    wait_for(child);
}

static void spawn(void)
{
    pid_t child;
    REQUIRE(posix_spawn(&child, "/bin/true", NULL, NULL, true_arguments, NULL) == 0);
    wait_for(child);
}

static bool spawning_takes_no_longer_than_fork_and_exec(void)
{
    double const both = time_of(fork_and_exec);
    double const one = time_of(spawn);
    if (one > both * 1.25)
        printf("fork and exec %f s, posix_spawn %f s\n", both, one);
    CHECK(one <= both * 1.25);
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(a_second_instance_costs_little),
    CASE(a_large_process_is_copied_as_cheaply),
    CASE(a_fork_takes_less_time_than_a_copy),
    CASE(spawning_takes_no_longer_than_fork_and_exec),
};

int main(int count, char** arguments)
{
    if (count > 1 && strcmp(arguments[1], "--hold") == 0)
        return touch_all_and_hold();
    return RUN_CASE(count, arguments, "/costs.tmp", cases);
}
