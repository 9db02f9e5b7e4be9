// posix-streams: checks of bytes on their way: pipes, duplicates, files at any offset; and of what
// threads share.
#include "tests/posix/children.h"
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <sys/wait.h>

static int ends[2];

// A small generator of numbers, the same in all processes.
static uint32_t next_number(uint32_t* state) { return *state = *state * 1664525 + 1013904223; }

enum { stream_bytes = 300000 };

static unsigned char byte_at(size_t place) { return (unsigned char)(place * 31 + place / 251); }

static bool send_stream(void)
{
    static unsigned char bytes[9000];
    uint32_t state = 1;
    for (size_t done = 0; done < stream_bytes;) {
        size_t size = next_number(&state) % sizeof bytes + 1;
        if (size > stream_bytes - done)
            size = stream_bytes - done;
        for (size_t i = 0; i < size; ++i)
            bytes[i] = byte_at(done + i);
        CHECK(write(ends[1], bytes, size) == (ssize_t)size);  // all of it, however long that takes
        done += size;
    }
    return true;
}

// What comes out is what went in, however it was cut.
static bool any_pieces(void)
{
    static unsigned char bytes[5000];
    CHECK(pipe(ends) == 0);
    pid_t const child = fork();
    if (child == 0)
        _exit(close(ends[0]) != 0 || !send_stream());
    CHECK(close(ends[1]) == 0);
    uint32_t state = 2;
    size_t done = 0;
    for (;;) {
        ssize_t const count = read(ends[0], bytes, next_number(&state) % sizeof bytes + 1);
        CHECK(count >= 0);
        for (ssize_t i = 0; i < count; ++i)
            CHECK(bytes[i] == byte_at(done + (size_t)i));
        if (count == 0)
            break;
        done += (size_t)count;
    }
    CHECK(done == stream_bytes && ended_well(child));
    return true;
}

static bool full_and_empty(void)
{
    static char bytes[4096];
    CHECK(pipe2(ends, O_NONBLOCK) == 0);
    CHECK_FAILS(read(ends[0], bytes, 1), EAGAIN);
    size_t room = 0;
    while (write(ends[1], bytes, sizeof bytes) == sizeof bytes)
        room += sizeof bytes;
    CHECK(errno == EAGAIN && room >= 4096);
    CHECK(read(ends[0], bytes, sizeof bytes) == sizeof bytes);
    CHECK(write(ends[1], bytes, sizeof bytes) == sizeof bytes);

    // A writer that may wait goes on when there is room.
    CHECK(fcntl(ends[1], F_SETFL, 0) == 0);
    pid_t const child = fork();
    if (child == 0)
        _exit(write(ends[1], bytes, sizeof bytes) != sizeof bytes);
    CHECK(read(ends[0], bytes, sizeof bytes) == sizeof bytes && ended_well(child));
    return true;
}

static int broken_pipes;

static void on_broken_pipe(int signal)
{
    (void)signal;
    ++broken_pipes;
}

static bool ends_of_a_pipe(void)
{
    char text[8];
    CHECK(pipe(ends) == 0 && write(ends[1], "left", 4) == 4 && close(ends[1]) == 0);
    CHECK(read(ends[0], text, 8) == 4 && read(ends[0], text, 8) == 0 && close(ends[0]) == 0);
    CHECK(pipe(ends) == 0 && close(ends[0]) == 0 && signal(SIGPIPE, on_broken_pipe) == SIG_DFL);
    CHECK_FAILS(write(ends[1], "x", 1), EPIPE);
    CHECK(broken_pipes == 1);
    return true;
}

enum { records = 200, record_bytes = 512 };

// Of two writers, no record is torn: it is not longer than PIPE_BUF.
static bool whole_records(void)
{
    CHECK(pipe(ends) == 0);
    pid_t children[2];
    for (int i = 0; i < 2; ++i) {
        children[i] = fork();
        if (children[i] != 0)
            continue;
        char record[record_bytes];
        memset(record, 'a' + i, sizeof record);
        for (int n = 0; n < records; ++n)
            if (write(ends[1], record, sizeof record) != sizeof record)
                _exit(1);
        _exit(0);
    }
    CHECK(close(ends[1]) == 0);
    for (int n = 0; n < 2 * records; ++n) {
        char record[record_bytes];
        for (size_t done = 0; done < sizeof record;) {
            ssize_t const count = read(ends[0], record + done, sizeof record - done);
            CHECK(count > 0);
            done += (size_t)count;
        }
        for (size_t i = 1; i < sizeof record; ++i)
            CHECK(record[i] == record[0]);
    }
    CHECK(ended_well(children[0]) && ended_well(children[1]));
    return true;
}

// dup2 in a child, between fork and exec, is nothing to the parent.
static bool duplicates(void)
{
    int const file = open("output", O_RDWR | O_CREAT, 0644);
    CHECK(file >= 0 && pipe(ends) == 0);
    pid_t const child = fork();
    if (child == 0) {
        dup2(file, STDOUT_FILENO);
        execl("/bin/busybox", "echo", "hello", NULL);
        _exit(1);
    }
    CHECK(ended_well(child));
    char text[8];
    CHECK(pread(file, text, 8, 0) == 6 && memcmp(text, "hello\n", 6) == 0);
    CHECK(dup2(ends[0], 50) == 50 && dup2(file, 50) == 50 && write(50, "!", 1) == 1);
    CHECK(lseek(file, 0, SEEK_CUR) == 7 && dup2(file, file) == file);
    CHECK_FAILS(dup2(99, 3), EBADF);
    return true;
}

// The same calls for each kind of file.
static bool every_kind(void)
{
    char text[4];
    int const null = open("/dev/null", O_RDWR);
    int const zeros = open("/dev/zero", O_RDONLY);
    int const full = open("/dev/full", O_WRONLY);
    CHECK(null >= 0 && zeros >= 0 && full >= 0);
    CHECK(write(null, "abc", 3) == 3 && read(null, text, 4) == 0);
    CHECK(read(zeros, text, 4) == 4 && memcmp(text, "\0\0\0\0", 4) == 0);
    CHECK_FAILS(write(full, "abc", 3), ENOSPC);
    CHECK_FAILS(write(zeros, "abc", 3), EBADF);
    return true;
}

enum { model_bytes = 40000 };

// Reads and writes of any length at any place, compared with memory.
static bool any_place_and_length(void)
{
    static unsigned char model[model_bytes], bytes[model_bytes];
    int const file = open("file", O_RDWR | O_CREAT, 0644);
    uint32_t state = 7;
    CHECK(file >= 0 && ftruncate(file, model_bytes) == 0);
    for (int round = 0; round < 200; ++round) {
        size_t const place = next_number(&state) % model_bytes;
        size_t const size = next_number(&state) % (model_bytes - place) + 1;
        for (size_t i = 0; i < size; ++i)
            bytes[i] = (unsigned char)next_number(&state);
        if (round % 2 == 0) {
            memcpy(model + place, bytes, size);
            CHECK(pwrite(file, bytes, size, (off_t)place) == (ssize_t)size);
        } else {
            CHECK(pread(file, bytes, size, (off_t)place) == (ssize_t)size);
            CHECK(memcmp(model + place, bytes, size) == 0);
        }
    }
    return true;
}

static bool free_blocks(fsblkcnt_t* count)
{
    struct statvfs status;
    bool const is_known = statvfs(".", &status) == 0;
    *count = status.f_bfree;
    return is_known;
}

static bool space_comes_back(void)
{
    static char bytes[200 * 1024];
    fsblkcnt_t before, during, unlinked, after;
    int const file = open("file", O_RDWR | O_CREAT, 0644);
    CHECK(file >= 0 && free_blocks(&before) && write(file, bytes, sizeof bytes) == sizeof bytes);
    CHECK(free_blocks(&during) && during <= before - sizeof bytes / 4096);
    CHECK(unlink("file") == 0 && free_blocks(&unlinked) && unlinked == during);
    CHECK(close(file) == 0);
    for (int tries = 0; tries < 100; ++tries) {  // the server hears of it a moment later
        CHECK(free_blocks(&after));
        if (after == before)
            return true;
        usleep(10000);
    }
    CHECK(after == before);
    return true;
}

static void* end_at_once(void* argument) { return argument; }

// Stacks and numbers of threads that have ended are used again.
static bool threads_leave_nothing(void)
{
    for (int i = 0; i < 2000; ++i) {
        pthread_t thread;
        CHECK(pthread_create(&thread, NULL, end_at_once, NULL) == 0);
        CHECK(i % 2 == 0 ? pthread_join(thread, NULL) == 0 : pthread_detach(thread) == 0);
    }
    return true;
}

static void* close_it(void* unused)
{
    close(ends[0]);
    return unused;
}

static bool threads_share_descriptors(void)
{
    pthread_t thread;
    char byte;
    CHECK(pipe(ends) == 0 && pthread_create(&thread, NULL, close_it, NULL) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK_FAILS(read(ends[0], &byte, 1), EBADF);
    return true;
}

static int volatile depth_reached;

static int overflow(int depth)
{
    char volatile room[1024];
    room[0] = (char)depth;
    depth_reached = depth;
    return depth > 100000000 ? room[0] : overflow(depth + 1) + room[0];
}

static void* overflow_stack(void* unused)
{
    overflow(0);
    return unused;
}

// A thread's stack has a fixed size, and a page behind it that is not there.
static bool a_stack_overflow_is_found(void)
{
    pid_t const child = fork();
    if (child == 0) {
        pthread_t thread;
        pthread_create(&thread, NULL, overflow_stack, NULL);
        pthread_join(thread, NULL);
        _exit(0);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGSEGV);
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(any_pieces),
    CASE(full_and_empty),
    CASE(ends_of_a_pipe),
    CASE(whole_records),
    CASE(duplicates),
    CASE(every_kind),
    CASE(any_place_and_length),
    CASE(space_comes_back),
    CASE(threads_leave_nothing),
    CASE(threads_share_descriptors),
    CASE(a_stack_overflow_is_found),
};

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/streams.tmp", cases); }
