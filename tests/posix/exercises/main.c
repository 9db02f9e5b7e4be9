// posix-exercises: what textbooks on operating systems have their readers try.
#include "tests/posix/check.h"
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>

static char const own_program[] = "/tests/posix-exercises";

static int status_of(pid_t child)
{
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    return status;
}

// This program again, which does `what`, with these ends as its standard input and output.
static pid_t start(char const* what, int input, int output)
{
    pid_t const child = fork();
    REQUIRE(child >= 0);
    if (child != 0)
        return child;
    REQUIRE(input < 0 || dup2(input, 0) == 0);
    REQUIRE(dup2(output, 1) == 1);
    execl(own_program, own_program, what, "a", "", "b c", (char*)NULL);
    _exit(99);
}

static size_t read_all(int file, char* text, size_t size)
{
    size_t done = 0;
    ssize_t count;
    while (done < size - 1 && (count = read(file, text + done, size - 1 - done)) > 0)
        done += (size_t)count;
    text[done] = 0;
    return done;
}

static bool are_equal(char const* one, char const* other) { return strcmp(one, other) == 0; }

// Does not end its line: what it said is written when main returns.
static int say_arguments(int count, char** arguments)
{
    char const here = 0;
    bool const is_on_stack = (uintptr_t)arguments[count - 1] > (uintptr_t)&here;
    printf("%d %s|%s|%s %d %d", count, arguments[2], arguments[3], arguments[4], is_on_stack,
           arguments[count] == NULL);
    return 7;
}

// Arguments are there, main's result is the status, and what was printed is written.
static bool a_process_starts_and_returns(void)
{
    int ends[2];
    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    pid_t const child = start("arguments", -1, ends[1]);
    close(ends[1]);
    char text[64];
    read_all(ends[0], text, sizeof text);
    CHECK(are_equal(text, "5 a||b c 1 1"));
    CHECK(status_of(child) == 7 << 8);
    return true;
}

static int counter = 0;

static int tell_addresses(void)
{
    int local = 0;
    ++counter;
    ++local;
    printf("%p %p %d %d\n", (void*)&counter, (void*)&local, counter, local);
    fflush(stdout);
    char byte;
    return read(0, &byte, 1) != 0;  // until all have told
}

// All copies run at the same time, at the same addresses, each with variables of its own.
static bool copies_have_the_same_addresses(void)
{
    enum { copies = 3 };
    char first[64], text[64];
    int hold[2];
    pid_t children[copies];
    CHECK(pipe2(hold, O_CLOEXEC) == 0);
    for (int i = 0; i < copies; ++i) {
        int ends[2];
        CHECK(pipe2(ends, O_CLOEXEC) == 0);
        children[i] = start("addresses", hold[0], ends[1]);
        ssize_t const count = read(ends[0], text, sizeof text - 1);
        CHECK(count > 8);
        text[count] = 0;
        if (i == 0)
            memcpy(first, text, sizeof text);
        CHECK(are_equal(first, text) && are_equal(text + count - 5, " 1 1\n"));
        close(ends[0]);
        close(ends[1]);
    }
    close(hold[1]);
    for (int i = 0; i < copies; ++i)
        CHECK(status_of(children[i]) == 0);
    return true;
}

static int __attribute__((noinline)) recurse(int depth)
{
    char volatile frame[1024];
    frame[depth % 1024] = (char)depth;
    if (depth == 0)
        return 0;
    int const below = recurse(depth - 1);
    return below + (frame[depth % 1024] - (char)depth);
}

static bool heap_and_stack_grow(void)
{
    enum { megabyte = 1 << 20, megabytes = 16 };
    CHECK(recurse(64) == 0);
    char* const block = malloc((size_t)megabytes * megabyte);
    CHECK(block != NULL);
    for (size_t i = 0; i < megabytes; ++i)
        block[i * megabyte] = (char)i;
    for (size_t i = 0; i < megabytes; ++i)
        CHECK(block[i * megabyte] == (char)i);
    free(block);
    pid_t const child = fork();
    if (child == 0)
        _exit(recurse(1 << 30));
    int const status = status_of(child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
    return true;
}

static unsigned long free_bytes(void)
{
    struct sysinfo info;
    REQUIRE(sysinfo(&info) == 0);
    return info.freeram * info.mem_unit;
}

// Copies cost little while nobody writes; what is mapped as shared is one for all.
static bool memory_is_shared(void)
{
    enum { copies = 4, bytes = 1 << 20 };
    char* const large = malloc(bytes);
    CHECK(large != NULL);
    memset(large, 1, bytes);
    int* const shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int gate[2];
    CHECK(shared != MAP_FAILED && pipe2(gate, O_CLOEXEC) == 0);
    pid_t children[copies];
    unsigned long const before = free_bytes();
    for (int i = 0; i < copies; ++i) {
        children[i] = fork();
        CHECK(children[i] >= 0);
        if (children[i] == 0) {
            char byte;
            _exit(read(gate[0], &byte, 1) == 1 ? (shared[i] = 100 + i, large[5]) : 9);
        }
    }
    unsigned long const after = free_bytes();
    CHECK(before - after < (unsigned long)copies * bytes / 4);
    CHECK(write(gate[1], "xxxx", copies) == copies);
    for (int i = 0; i < copies; ++i)
        CHECK(status_of(children[i]) == 1 << 8 && shared[i] == 100 + i);
    return true;
}

// Until its user has as many processes as it may.
static void explode(int output)
{
    struct rlimit const few = {.rlim_cur = 24, .rlim_max = 24};
    REQUIRE(setpgid(0, 0) == 0 && setrlimit(RLIMIT_NPROC, &few) == 0 && setuid(12345) == 0);
    while (fork() >= 0)
        ;
    char const is_told = errno == EAGAIN;
    REQUIRE(write(output, &is_told, 1) == 1);
    for (;;)
        pause();
}

static bool a_fork_bomb(void)
{
    int ends[2];
    CHECK(pipe(ends) == 0);
    pid_t const child = fork();
    if (child == 0)
        explode(ends[1]);
    char is_told = 0;
    CHECK(read(ends[0], &is_told, 1) == 1 && is_told);
    CHECK(kill(-child, SIGKILL) == 0 && status_of(child) == SIGKILL);
    while (kill(-child, SIGKILL) == 0)
        usleep(1000);
    CHECK(errno == ESRCH);
    pid_t const next = fork();
    if (next == 0)
        _exit(5);
    CHECK(status_of(next) == 5 << 8);
    return true;
}

// Submissions to the grader: each adds two numbers, or should.
static int submission(char const* name)
{
    int one, two;
    if (scanf("%d %d", &one, &two) != 2)
        return 2;
    if (are_equal(name, "looping"))
        for (;;)
            ;
    if (are_equal(name, "crashing"))
        abort();
    printf("%d\n", are_equal(name, "wrong") ? one - two : one + two);
    return 0;
}

static pid_t volatile running;
static bool volatile is_late;

static void on_alarm(int signal)
{
    (void)signal;
    is_late = true;
    kill(running, SIGKILL);
}

static char const* verdict_on(char const* name)
{
    int const input = open("input", O_RDONLY | O_CLOEXEC);
    int const output = open("output", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    REQUIRE(input >= 0 && output >= 0);
    is_late = false;
    running = start(name, input, output);
    alarm(2);
    int status;
    while (waitpid(running, &status, 0) != running)
        REQUIRE(errno == EINTR);
    alarm(0);
    char text[64];
    REQUIRE(lseek(output, 0, SEEK_SET) == 0);
    read_all(output, text, sizeof text);
    close(input);
    close(output);
    if (is_late)
        return "too late";
    if (status != 0)
        return WIFSIGNALED(status) ? "crashed" : "failed";
    return are_equal(text, "42\n") ? "right" : "wrong";
}

static bool a_grader_of_programs(void)
{
    struct sigaction const action = {.sa_handler = on_alarm};
    CHECK(sigaction(SIGALRM, &action, NULL) == 0);
    int const file = open("input", O_WRONLY | O_CREAT, 0600);
    CHECK(write(file, "40 2\n", 5) == 5 && close(file) == 0);
    CHECK(are_equal(verdict_on("correct"), "right"));
    CHECK(are_equal(verdict_on("wrong"), "wrong"));
    CHECK(are_equal(verdict_on("looping"), "too late"));
    CHECK(are_equal(verdict_on("crashing"), "crashed"));
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(a_process_starts_and_returns),
    CASE(copies_have_the_same_addresses),
    CASE(heap_and_stack_grow),
    CASE(memory_is_shared),
    CASE(a_fork_bomb),
    CASE(a_grader_of_programs),
};

int main(int count, char** arguments)
{
    if (count <= 2)
        return RUN_CASE(count, arguments, "/exercises.tmp", cases);
    if (are_equal(arguments[1], "arguments"))
        return say_arguments(count, arguments);
    if (are_equal(arguments[1], "addresses"))
        return tell_addresses();
    return submission(arguments[1]);
}
