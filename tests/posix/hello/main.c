// posix-hello: the textbook's first program with threads, and checks of what it shows of their
// lives.
//     posix-hello CASE
//     posix-hello --join, --leave: the program: it waits for its threads or not
#include "tests/posix/children.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/sysinfo.h>

enum { hello_threads = 10 };

// Figure 4.6.
static void* go(void* number)
{
    printf("Hello from thread %d\n", (int)(intptr_t)number);
    pthread_exit((void*)(100 + (intptr_t)number));
}

static int thread_hello(bool joins)
{
    pthread_t threads[hello_threads];
    for (intptr_t i = 0; i < hello_threads; ++i)
        REQUIRE(pthread_create(&threads[i], NULL, go, (void*)i) == 0);
    for (int i = 0; joins && i < hello_threads; ++i) {
        void* result;
        REQUIRE(pthread_join(threads[i], &result) == 0);
        printf("Thread %d returned %ld\n", i, (long)(intptr_t)result);
    }
    printf("Main thread done.\n");
    return 0;
}

static bool run_hello(char const* how, char* text, size_t size)
{
    int ends[2];
    CHECK(pipe(ends) == 0);
    pid_t const child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        execl("/tests/posix-hello", "posix-hello", how, (char*)NULL);
        _exit(99);
    }
    CHECK(close(ends[1]) == 0);
    size_t done = 0;
    ssize_t count;
    while ((count = read(ends[0], text + done, size - 1 - done)) > 0)
        done += (size_t)count;
    text[done] = 0;
    CHECK(close(ends[0]) == 0);
    return ended_well(child);
}

// What was printed, in lines. A line that stands in no program is counted as strange.
struct output {
    int hellos[hello_threads], returned, done, strange;
    bool done_is_last;
};

static struct output read_output(char* text)
{
    struct output output = {0};
    for (char* line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        int number = -1, result = -1, end = 0;
        output.done_is_last = false;
        if (sscanf(line, "Hello from thread %d%n", &number, &end) == 1 && line[end] == 0 &&
            number >= 0 && number < hello_threads)
            ++output.hellos[number];
        else if (sscanf(line, "Thread %d returned %d%n", &number, &result, &end) == 2 &&
                 line[end] == 0 && number == output.returned && result == 100 + number)
            ++output.returned;  // in their order
        else if (strcmp(line, "Main thread done.") == 0)
            output.done_is_last = ++output.done == 1;
        else
            ++output.strange;
    }
    return output;
}

// Hellos in any order, results in theirs, and the main thread at the end.
static bool threads_that_are_joined(void)
{
    static char text[4096];
    for (int run = 0; run < 10; ++run) {
        CHECK(run_hello("--join", text, sizeof text));
        struct output const output = read_output(text);
        for (int i = 0; i < hello_threads; ++i)
            CHECK(output.hellos[i] == 1);
        CHECK(output.returned == hello_threads && output.done_is_last && output.strange == 0);
    }
    return true;
}

// Threads end with their process, wherever they are: as many hellos as come to it, each whole.
static bool threads_that_are_left(void)
{
    static char text[4096];
    for (int run = 0; run < 10; ++run) {
        CHECK(run_hello("--leave", text, sizeof text));
        struct output const output = read_output(text);
        for (int i = 0; i < hello_threads; ++i)
            CHECK(output.hellos[i] <= 1);
        CHECK(output.returned == 0 && output.done == 1 && output.strange == 0);
    }
    return true;
}

static int threads_of_process(void)
{
    char text[1024];
    int const file = open("/proc/self/status", O_RDONLY);
    ssize_t const size = read(file, text, sizeof text - 1);
    REQUIRE(size > 0 && close(file) == 0);
    text[size] = 0;
    char const* const row = strstr(text, "Threads:");
    return row == NULL ? -1 : atoi(row + strlen("Threads:"));
}

static pthread_barrier_t all_are_there, counted;

static void* be_there(void* unused)
{
    pthread_barrier_wait(&all_are_there);
    pthread_barrier_wait(&counted);
    return unused;
}

// Ten, and the one that main() is.
static bool eleven_at_most(void)
{
    pthread_t threads[hello_threads];
    CHECK(pthread_barrier_init(&all_are_there, NULL, hello_threads + 1) == 0);
    CHECK(pthread_barrier_init(&counted, NULL, hello_threads + 1) == 0);
    CHECK(threads_of_process() == 1);
    for (int i = 0; i < hello_threads; ++i)
        CHECK(pthread_create(&threads[i], NULL, be_there, NULL) == 0);
    pthread_barrier_wait(&all_are_there);
    CHECK(threads_of_process() == hello_threads + 1);
    pthread_barrier_wait(&counted);
    for (int i = 0; i < hello_threads; ++i)
        CHECK(pthread_join(threads[i], NULL) == 0);
    while (threads_of_process() != 1)
        usleep(1000);
    return true;
}

static int gate[2];

// Of which the compiler does not know that it never returns.
static void (*volatile end_thread)(void*) = pthread_exit;

static int __attribute__((noinline)) end_deep_down(int levels)
{
    if (levels == 0)
        end_thread((void*)4321);
    return levels == 0 ? 0 : end_deep_down(levels - 1) + 1;
}

static void* end_when_told(void* unused)
{
    char byte;
    REQUIRE(read(gate[0], &byte, 1) == 1);
    return end_deep_down(20) == 0 ? unused : NULL;
}

static bool tell_later(void)
{
    usleep(30000);
    return write(gate[1], "", 1) == 1;
}

// pthread_exit() ends the thread from anywhere in it, and wakes who waits for its result.
static bool ending_wakes_who_waits(void)
{
    pthread_t thread;
    void* result = NULL;
    CHECK(pipe(gate) == 0 && pthread_create(&thread, NULL, end_when_told, NULL) == 0);
    CHECK(pthread_tryjoin_np(thread, &result) == EBUSY);
    pid_t const child = start_child(tell_later);
    CHECK(pthread_join(thread, &result) == 0 && result == (void*)4321);
    return ended_well(child);
}

static void* end_at_once(void* unused) { return unused; }

static void make_threads(int count)
{
    for (int i = 0; i < count; ++i) {
        pthread_t thread;
        REQUIRE(pthread_create(&thread, NULL, end_at_once, NULL) == 0);
        REQUIRE((i % 2 == 0 ? pthread_join(thread, NULL) : pthread_detach(thread)) == 0);
    }
    while (threads_of_process() != 1)
        usleep(1000);
}

static unsigned long free_memory(void)
{
    struct sysinfo info;
    REQUIRE(sysinfo(&info) == 0);
    return info.freeram * info.mem_unit;
}

// As many as the variable COUNT says, or some thousands.
static bool threads_leave_no_memory_behind(void)
{
    char const* const count = getenv("COUNT");
    make_threads(200);
    unsigned long const before = free_memory();
    make_threads(count == NULL ? 3000 : atoi(count));
    unsigned long const after = free_memory();
    if (after + (64 << 10) < before)
        printf("%lu bytes are gone\n", before - after);
    return after + (64 << 10) >= before;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(threads_that_are_joined), CASE(threads_that_are_left),          CASE(eleven_at_most),
    CASE(ending_wakes_who_waits),  CASE(threads_leave_no_memory_behind),
};

int main(int count, char** arguments)
{
    if (count > 1 && strcmp(arguments[1], "--join") == 0)
        return thread_hello(true);
    if (count > 1 && strcmp(arguments[1], "--leave") == 0)
        return thread_hello(false);
    return RUN_CASE(count, arguments, "/hello.tmp", cases);
}
