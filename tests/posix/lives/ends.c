// What is left of a process that has ended, and what there is to be had for the next one.
#include "tests/posix/lives/cases.h"
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/mman.h>

enum { ann = 1001, mebibyte = 1 << 20 };

// As proc(5) has it; 0: there is no such process.
static char state_of(pid_t process)
{
    char name[32], text[256] = "";
    snprintf(name, sizeof name, "/proc/%d/stat", (int)process);
    int const file = open(name, O_RDONLY);
    if (file < 0)
        return 0;
    ssize_t const size = read(file, text, sizeof text - 1);
    close(file);
    char const* const behind_name = size > 0 ? strrchr(text, ')') : NULL;
    return behind_name == NULL ? 0 : behind_name[2];
}

static void await_state(pid_t process, char state)
{
    while (state_of(process) != state)
        usleep(1000);
}

// What ps says of it.
static bool ps_shows(pid_t process, char const* state)
{
    char command[64], text[64] = "";
    snprintf(command, sizeof command, "ps -o pid,stat | grep '^ *%d '", (int)process);
    FILE* const output = popen(command, "r");
    CHECK(output != NULL && fgets(text, sizeof text, output) != NULL && pclose(output) == 0);
    char found[8] = "";
    int number = 0;
    CHECK(sscanf(text, "%d %7s", &number, found) == 2 && number == process);
    return strcmp(found, state) == 0;
}

static pid_t start_and_end(int result)
{
    pid_t const child = fork();
    REQUIRE(child >= 0);
    if (child == 0)
        _exit(result);
    await_state(child, 'Z');
    return child;
}

// It is there until somebody asks for its result, who gets it at once.
bool who_has_ended_waits_for_its_parent(void)
{
    pid_t const child = start_and_end(9);
    CHECK(ps_shows(child, "Z") && kill(child, 0) == 0 && kill(child, SIGKILL) == 0);
    int status = 0;
    CHECK(waitpid(child, &status, WNOHANG) == child && status == 9 << 8);
    CHECK(state_of(child) == 0);
    CHECK_FAILS(kill(child, 0), ESRCH);
    CHECK_FAILS(waitpid(child, NULL, 0), ECHILD);
    return true;
}

bool who_has_ended_has_no_memory(void)
{
    enum { bytes = 8 * mebibyte };
    int gate[2], ready[2];
    char byte;
    CHECK(pipe(gate) == 0 && pipe(ready) == 0);
    pid_t const child = fork();
    if (child == 0) {
        char* const much = malloc(bytes);
        memset(much, 1, bytes);
        REQUIRE(write(ready[1], "", 1) == 1);
        _exit(read(gate[0], &byte, 1) != 1);
    }
    CHECK(read(ready[0], &byte, 1) == 1);
    unsigned long const during = free_memory();
    CHECK(write(gate[1], "", 1) == 1);
    await_state(child, 'Z');
    CHECK(free_memory() >= during + bytes - mebibyte);
    return ended_well(child);
}

// Whoever has nobody left to wait for it goes by itself.
bool nobody_is_left_when_the_parent_ends(void)
{
    int ends[2];
    pid_t number = 0;
    CHECK(pipe(ends) == 0);
    pid_t const parent = fork();
    if (parent == 0) {
        number = start_and_end(1);
        _exit(write(ends[1], &number, sizeof number) != sizeof number);
    }
    CHECK(read(ends[0], &number, sizeof number) == sizeof number && ended_well(parent));
    while (state_of(number) != 0)
        usleep(1000);
    CHECK_FAILS(kill(number, 0), ESRCH);
    return true;
}

// Takes memory until there is none for a copy; gives it back, and there is.
static bool take_until_fork_fails(void)
{
    enum { most = 256 };
    static char* taken[most];
    int count = 0;
    pid_t child;
    while ((child = fork()) > 0) {
        CHECK(waitpid(child, NULL, 0) == child && count < most);
        taken[count] =
            mmap(NULL, mebibyte, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        CHECK(taken[count] != MAP_FAILED);
        memset(taken[count++], 1, mebibyte);
    }
    if (child == 0)
        _exit(0);
    CHECK(errno == ENOMEM && count > 8);
    while (count > 0)
        CHECK(munmap(taken[--count], mebibyte) == 0);
    child = fork();
    if (child == 0)
        _exit(0);
    return ended_well(child);
}

static bool as_ann(void)
{
    CHECK(setgroups(0, NULL) == 0 && setgid(ann) == 0 && setuid(ann) == 0);
    return passes_in_child(take_until_fork_fails);  // her child: she pays for it
}

bool no_memory_for_a_copy(void) { return passes_in_child(as_ann); }
