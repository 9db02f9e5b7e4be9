// posix-bench DIRECTORY TINY [ROW...]: what POSIX calls cost, on Baton and on Linux alike. Prints
//     ROW name operations ticks
// for each: the time CSR's ticks, median of several runs. TINY is a program that only exits;
// DIRECTORY is where a file may be made. Under QEMU's -icount shift=0 a tick of 100 ns is 100
// instructions.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Of <linux/futex.h>, which musl has not.
enum { futex_wait_private = 128, futex_wake_private = 129 };

enum { runs = 5, page_bytes = 4096, block_bytes = 65536 };

typedef uint64_t (*Measurement)(long count);  // the result is in ticks

static char const* directory;
static char const* tiny;
static char buffer[block_bytes];

static uint64_t now(void)
{
    uint64_t ticks;
    __asm__ volatile("rdtime %0" : "=r"(ticks)::"memory");
    return ticks;
}

static void must(int holds, char const* what)
{
    if (holds)
        return;
    perror(what);
    exit(1);
}

static void transfer_in(int descriptor, size_t bytes)
{
    for (size_t done = 0; done < bytes;) {
        ssize_t const count = read(descriptor, buffer, bytes - done);
        must(count > 0, "read");
        done += (size_t)count;
    }
}

static void transfer_out(int descriptor, size_t bytes)
{
    for (size_t done = 0; done < bytes;) {
        ssize_t const count = write(descriptor, buffer, bytes - done);
        must(count > 0, "write");
        done += (size_t)count;
    }
}

static char const* file_path(void)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/posix-bench.data", directory);
    return path;
}

static int open_file(void)
{
    int const file = open(file_path(), O_RDWR);
    must(file >= 0, file_path());
    return file;
}

static uint64_t null_call(long count)
{
    uint64_t const begin = now();
    for (long i = 0; i < count; ++i)
        syscall(SYS_getppid);
    return now() - begin;
}

static void wait_for(pid_t child)
{
    int status = 0;
    must(child > 0 && waitpid(child, &status, 0) == child && status == 0, "child");
}

static uint64_t fork_exit_wait(long count)
{
    uint64_t const begin = now();
    for (long i = 0; i < count; ++i) {
        pid_t const child = fork();
        if (child == 0)
            _exit(0);
        wait_for(child);
    }
    return now() - begin;
}

static void become_tiny(void)
{
    char* arguments[] = {(char*)tiny, NULL};
    char* environment[] = {NULL};
    execve(tiny, arguments, environment);
    _exit(1);
}

static uint64_t fork_exec_wait(long count)
{
    uint64_t const begin = now();
    for (long i = 0; i < count; ++i) {
        pid_t const child = fork();
        if (child == 0)
            become_tiny();
        wait_for(child);
    }
    return now() - begin;
}

static pid_t start_tiny(void)
{
    pid_t const child = vfork();
    if (child == 0)
        become_tiny();
    return child;
}

static uint64_t vfork_exec_wait(long count)
{
    uint64_t const begin = now();
    for (long i = 0; i < count; ++i)
        wait_for(start_tiny());
    return now() - begin;
}

// Between two processes, there and back.
static uint64_t bounce(long count, size_t bytes)
{
    int there[2];
    int back[2];
    must(pipe(there) == 0 && pipe(back) == 0, "pipe");
    pid_t const child = fork();
    if (child == 0) {
        for (long i = 0; i <= count; ++i) {
            transfer_in(there[0], bytes);
            transfer_out(back[1], bytes);
        }
        _exit(0);
    }
    transfer_out(there[1], bytes);
    transfer_in(back[0], bytes);
    uint64_t const begin = now();
    for (long i = 0; i < count; ++i) {
        transfer_out(there[1], bytes);
        transfer_in(back[0], bytes);
    }
    uint64_t const ticks = now() - begin;
    wait_for(child);
    for (int i = 0; i < 2; ++i) {
        close(there[i]);
        close(back[i]);
    }
    return ticks;
}

static uint64_t pipe_round_trip(long count) { return bounce(count, 1); }
static uint64_t pipe_round_trip_4k(long count) { return bounce(count, page_bytes); }

static uint64_t pipe_pages(long count)
{
    int ends[2];
    must(pipe(ends) == 0, "pipe");
    uint64_t const begin = now();
    pid_t const child = fork();
    if (child == 0) {
        for (long i = 0; i < count; ++i)
            transfer_in(ends[0], page_bytes);
        _exit(0);
    }
    for (long i = 0; i < count; ++i)
        transfer_out(ends[1], page_bytes);
    wait_for(child);
    uint64_t const ticks = now() - begin;
    close(ends[0]);
    close(ends[1]);
    return ticks;
}

static uint64_t open_close(long count)
{
    char const* const path = file_path();
    uint64_t const begin = now();
    for (long i = 0; i < count; ++i)
        close(open(path, O_RDONLY));
    return now() - begin;
}

static uint64_t status(long count)
{
    struct stat found;
    char const* const path = file_path();
    uint64_t const begin = now();
    for (long i = 0; i < count; ++i)
        must(stat(path, &found) == 0, "stat");
    return now() - begin;
}

static uint64_t read_parts(long count, size_t bytes)
{
    int const file = open_file();
    uint64_t const begin = now();
    for (long i = 0; i < count; ++i)
        must(pread(file, buffer, bytes, i % 16 * page_bytes) == (ssize_t)bytes, "pread");
    uint64_t const ticks = now() - begin;
    close(file);
    return ticks;
}

static uint64_t read_4k(long count) { return read_parts(count, page_bytes); }
static uint64_t read_byte(long count) { return read_parts(count, 1); }

static uint64_t write_4k(long count)
{
    int const file = open_file();
    uint64_t const begin = now();
    for (long i = 0; i < count; ++i)
        must(pwrite(file, buffer, page_bytes, i % 16 * page_bytes) == page_bytes, "pwrite");
    uint64_t const ticks = now() - begin;
    close(file);
    return ticks;
}

static int turns[2];

static void give_turn(int* turn)
{
    __atomic_store_n(turn, 1, __ATOMIC_SEQ_CST);
    syscall(SYS_futex, turn, futex_wake_private, 1, NULL, NULL, 0);
}

static void take_turn(int* turn)
{
    while (__atomic_load_n(turn, __ATOMIC_SEQ_CST) == 0)
        syscall(SYS_futex, turn, futex_wait_private, 0, NULL, NULL, 0);
    *turn = 0;
}

static void* take_and_give(void* count)
{
    for (long i = 0; i < *(long*)count; ++i) {
        take_turn(&turns[0]);
        give_turn(&turns[1]);
    }
    return NULL;
}

static uint64_t futex_hand_over(long count)
{
    pthread_t other;
    must(pthread_create(&other, NULL, take_and_give, &count) == 0, "pthread_create");
    uint64_t const begin = now();
    for (long i = 0; i < count; ++i) {
        give_turn(&turns[0]);
        take_turn(&turns[1]);
    }
    uint64_t const ticks = now() - begin;
    pthread_join(other, NULL);
    return ticks;
}

static void* do_nothing(void* argument) { return argument; }

static uint64_t thread_create_join(long count)
{
    pthread_t other;
    uint64_t const begin = now();
    for (long i = 0; i < count; ++i) {
        must(pthread_create(&other, NULL, do_nothing, NULL) == 0, "pthread_create");
        pthread_join(other, NULL);
    }
    return now() - begin;
}

static char* new_pages(size_t bytes)
{
    char* const pages =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must(pages != MAP_FAILED, "mmap");
    return pages;
}

static uint64_t page_fault(long count)
{
    size_t const bytes = (size_t)count * page_bytes;
    char* const pages = new_pages(bytes);
    (void)madvise(pages, bytes, MADV_NOHUGEPAGE);
    uint64_t const begin = now();
    for (size_t at = 0; at < bytes; at += page_bytes)
        pages[at] = 1;
    uint64_t const ticks = now() - begin;
    munmap(pages, bytes);
    return ticks;
}

static uint64_t map_unmap(long count)
{
    uint64_t const begin = now();
    for (long i = 0; i < count; ++i)
        munmap(new_pages(page_bytes), page_bytes);
    return now() - begin;
}

static struct {
    char const* name;
    Measurement measure;
    long count;
} const rows[] = {
    {"null_posix_call", null_call, 5000},
    {"fork_exit_wait", fork_exit_wait, 50},
    {"fork_exec_wait", fork_exec_wait, 50},
    {"vfork_exec_wait", vfork_exec_wait, 50},
    {"pipe_round_trip", pipe_round_trip, 1000},
    {"pipe_round_trip_4k", pipe_round_trip_4k, 1000},
    {"pipe_pages", pipe_pages, 4000},
    {"posix_open_close", open_close, 1000},
    {"posix_stat", status, 1000},
    {"posix_read_4k", read_4k, 1000},
    {"posix_read_byte", read_byte, 1000},
    {"posix_write_4k", write_4k, 1000},
    {"futex_hand_over", futex_hand_over, 1000},
    {"thread_create_join", thread_create_join, 200},
    {"posix_page_fault", page_fault, 1000},
    {"posix_map_unmap", map_unmap, 1000},
};

static int is_less(void const* left, void const* right)
{
    uint64_t const a = *(uint64_t const*)left;
    uint64_t const b = *(uint64_t const*)right;
    return (a > b) - (a < b);
}

static uint64_t median(Measurement measure, long count)
{
    uint64_t ticks[runs];
    (void)measure(count);
    for (int i = 0; i < runs; ++i)
        ticks[i] = measure(count);
    qsort(ticks, runs, sizeof *ticks, is_less);
    return ticks[runs / 2];
}

// All are, if none is named.
static int is_wanted(char const* name, char** names)
{
    if (*names == NULL)
        return 1;
    for (; *names != NULL; ++names)
        if (strcmp(*names, name) == 0)
            return 1;
    return 0;
}

static void show(char const* name, long count, uint64_t ticks)
{
    printf("ROW %s %ld %llu\n", name, count, (unsigned long long)ticks);
    fflush(stdout);
}

int main(int argument_count, char** arguments)
{
    if (argument_count < 3) {
        fprintf(stderr, "usage: posix-bench DIRECTORY TINY [ROW...]\n");
        return 2;
    }
    directory = arguments[1];
    tiny = arguments[2];
    int const file = open(file_path(), O_RDWR | O_CREAT | O_TRUNC, 0644);
    must(file >= 0, file_path());
    transfer_out(file, block_bytes);
    close(file);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i)
        if (is_wanted(rows[i].name, arguments + 3))
            show(rows[i].name, rows[i].count, median(rows[i].measure, rows[i].count));
    unlink(file_path());
    return 0;
}
