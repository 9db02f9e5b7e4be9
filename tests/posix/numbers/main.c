// posix-numbers: checks that any number can be given for a descriptor or a process: one that stands
// for nothing is refused by every call, and harms nobody.
#include "tests/posix/children.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/statfs.h>
#include <sys/uio.h>
#include <termios.h>

static char byte;

// Each returns what the call does; -1 is an error.
static long do_read(int file) { return read(file, &byte, 1); }
static long do_write(int file) { return write(file, &byte, 1); }
static long do_pread(int file) { return pread(file, &byte, 1, 0); }
static long do_pwrite(int file) { return pwrite(file, &byte, 1, 0); }
static long do_readv(int file) { return readv(file, &(struct iovec){&byte, 1}, 1); }
static long do_writev(int file) { return writev(file, &(struct iovec){&byte, 1}, 1); }
static long do_lseek(int file) { return lseek(file, 0, SEEK_CUR); }
static long do_fstat(int file) { return fstat(file, &(struct stat){0}); }
static long do_fstatfs(int file) { return fstatfs(file, &(struct statfs){0}); }
static long do_fsync(int file) { return fsync(file); }
static long do_ftruncate(int file) { return ftruncate(file, 0); }
static long do_fchmod(int file) { return fchmod(file, 0); }
static long do_fchown(int file) { return fchown(file, 0, 0); }
static long do_futimens(int file) { return futimens(file, NULL); }
static long do_fchdir(int file) { return fchdir(file); }
static long do_openat(int file) { return openat(file, "x", O_RDONLY); }
static long do_unlinkat(int file) { return unlinkat(file, "x", 0); }
static long do_flock(int file) { return flock(file, LOCK_SH); }
static long do_lock(int file) { return lockf(file, F_TEST, 0); }
static long do_flags(int file) { return fcntl(file, F_GETFL); }
static long do_dup(int file) { return dup(file); }
static long do_dup2(int file) { return dup2(file, 60); }
static long do_ioctl(int file) { return ioctl(file, TCGETS, &(struct termios){0}); }
static long do_foreground(int file) { return tcgetpgrp(file); }
static long do_epoll(int file) { return epoll_wait(file, &(struct epoll_event){0}, 1, 0); }
static long do_map(int file)
{
    return mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, file, 0) == MAP_FAILED ? -1 : 0;
}
static long do_close(int file) { return close(file); }

typedef long call(int number);

static call* const calls[] = {
    do_read,   do_write,   do_pread,      do_pwrite,    do_readv,  do_writev, do_lseek,
    do_fstat,  do_fstatfs, do_fsync,      do_ftruncate, do_fchmod, do_fchown, do_futimens,
    do_fchdir, do_openat,  do_unlinkat,   do_flock,     do_lock,   do_flags,  do_dup,
    do_dup2,   do_ioctl,   do_foreground, do_epoll,     do_map,    do_close,
};
enum { call_count = sizeof calls / sizeof *calls };

// Those that programs would try: small ones, those around powers of two, and any.
static int number_at(int place)
{
    static uint32_t state = 12345;
    if (place < 256)
        return place - 64;
    place -= 256;
    if (place < 96)
        return (int)(((uint32_t)1 << place / 3) + (uint32_t)(place % 3) - 1);
    state = state * 1664525 + 1013904223;
    return (int)(state ^ state >> 15);
}
enum { number_count = 256 + 96 + 1000 };

// As AT_FDCWD, which stands for something.
static bool is_here(int number) { return number == AT_FDCWD; }

static bool refused(int number)
{
    for (int i = 0; i < call_count; ++i) {
        errno = 0;
        if (calls[i](number) != -1 || errno != EBADF) {
            printf("call %d with %d: %s\n", i, number, strerror(errno));
            return false;
        }
    }
    CHECK(poll(&(struct pollfd){.fd = number, .events = POLLIN}, 1, 0) == (number >= 0));
    return true;
}

static bool what_is_not_open_is_refused(void)
{
    int refused_numbers = 0;
    int const file = open("mine", O_RDWR | O_CREAT, 0600);
    CHECK(file >= 0 && write(file, "mine", 4) == 4);
    for (int place = 0; place < number_count; ++place) {
        int const number = number_at(place);
        if (is_here(number) || fcntl(number, F_GETFD) >= 0)
            continue;
        CHECK(errno == EBADF && refused(number));
        ++refused_numbers;
    }
    char text[5] = "";
    CHECK(refused_numbers > number_count - 16);
    CHECK(pread(file, text, 4, 0) == 4 && strcmp(text, "mine") == 0);
    return true;
}

// A number means what its own process has opened by it, and is the lowest that is free.
static bool numbers_are_each_process_s_own(void)
{
    int const first = open("first", O_RDWR | O_CREAT, 0600);
    pid_t const child = fork();
    if (child == 0) {
        close(first);
        int const other = open("other", O_RDWR | O_CREAT, 0600);
        _exit(other != first || write(other, "other", 5) != 5);
    }
    struct stat status;
    CHECK(ended_well(child) && fstat(first, &status) == 0 && status.st_size == 0);
    int const next = open("first", O_RDONLY);
    CHECK(next > first && close(first) == 0 && dup(next) == first);
    return true;
}

// Of those that are no process's or group's.
static bool processes_that_are_not_there(void)
{
    pid_t const child = fork();
    if (child == 0)
        for (;;)
            pause();
    for (int place = 0; place < number_count; ++place) {
        int const number = number_at(place);
        if (number > -4096 && number < 4096)
            continue;  // some of them are there
        CHECK_FAILS(kill(number, 0), ESRCH);
        CHECK(waitpid(number, NULL, WNOHANG) == -1 && (errno == ECHILD || errno == ESRCH));
        CHECK_FAILS(getpgid(number), ESRCH);
        CHECK_FAILS(getsid(number), ESRCH);
        CHECK(setpgid(number, 0) == -1 && (errno == ESRCH || errno == EINVAL));
        CHECK(setpgid(child, number) == -1 && (errno == EPERM || errno == EINVAL));
        CHECK(getpriority(PRIO_PROCESS, (id_t)number) == -1 && errno == ESRCH);
        CHECK_FAILS(prlimit(number, RLIMIT_CORE, NULL, NULL), ESRCH);
    }
    for (int signal = 0; signal < 10000; ++signal)
        if (signal > 64)
            CHECK_FAILS(kill(child, signal), EINVAL);
    CHECK(waitpid(child, NULL, WNOHANG) == 0);
    CHECK(kill(child, SIGKILL) == 0 && waitpid(child, NULL, 0) == child);
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(what_is_not_open_is_refused),
    CASE(numbers_are_each_process_s_own),
    CASE(processes_that_are_not_there),
};

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/numbers.tmp", cases); }
