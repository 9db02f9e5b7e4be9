// posix-locks: checks of record locks between processes.
#include "tests/posix/children.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

static int file;

static int lock(int command, short type, off_t start, off_t length)
{
    struct flock record = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};
    return fcntl(file, command, &record);
}

static bool open_file(void)
{
    file = open("file", O_RDWR | O_CREAT, 0644);
    CHECK(file >= 0);
    return true;
}

static pid_t parent;

static bool others_are_kept_out(void)
{
    CHECK_FAILS(lock(F_SETLK, F_WRLCK, 15, 1), EAGAIN);
    CHECK_FAILS(lock(F_SETLK, F_RDLCK, 0, 0), EAGAIN);
    CHECK(lock(F_SETLK, F_WRLCK, 0, 10) == 0 && lock(F_SETLK, F_WRLCK, 20, 5) == 0);
    CHECK(lock(F_SETLK, F_RDLCK, 30, 10) == 0);
    CHECK_FAILS(lock(F_SETLK, F_WRLCK, 39, 1), EAGAIN);
    struct flock record = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 12, .l_len = 100};
    CHECK(fcntl(file, F_GETLK, &record) == 0 && record.l_type == F_WRLCK);
    CHECK(record.l_start == 10 && record.l_len == 10 && record.l_pid == parent);
    return true;
}

static bool middle_is_free(void)
{
    CHECK(lock(F_SETLK, F_WRLCK, 13, 3) == 0);
    CHECK_FAILS(lock(F_SETLK, F_WRLCK, 12, 1), EAGAIN);
    CHECK_FAILS(lock(F_SETLK, F_WRLCK, 16, 1), EAGAIN);
    return true;
}

static bool ranges(void)
{
    parent = getpid();
    CHECK(open_file() && lock(F_SETLK, F_WRLCK, 10, 10) == 0 &&
          lock(F_SETLK, F_RDLCK, 30, 10) == 0);
    CHECK(passes_in_child(others_are_kept_out));
    CHECK(lock(F_SETLK, F_UNLCK, 13, 3) == 0 && passes_in_child(middle_is_free));
    CHECK_FAILS(lock(F_SETLK, F_WRLCK, -1, 1), EINVAL);
    CHECK_FAILS(lock(F_SETLK, 9, 0, 1), EINVAL);
    int const read_only = open("file", O_RDONLY);
    struct flock record = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    CHECK_FAILS(fcntl(read_only, F_SETLK, &record), EBADF);
    return true;
}

static bool can_be_locked(void)
{
    CHECK(lock(F_SETLK, F_WRLCK, 0, 0) == 0);
    return true;
}

static bool is_kept_out(void)
{
    CHECK_FAILS(lock(F_SETLK, F_WRLCK, 0, 0), EAGAIN);
    return true;
}

static bool closing_releases(void)
{
    CHECK(open_file() && lock(F_SETLK, F_WRLCK, 0, 0) == 0);
    CHECK(passes_in_child(is_kept_out));
    int const other = open("file", O_RDONLY);
    CHECK(close(other) == 0 && passes_in_child(can_be_locked));
    CHECK(passes_in_child(can_be_locked));  // the child's went with it
    return true;
}

// Each adds to a number that it reads and writes under the lock.
static bool count_up(void)
{
    for (int i = 0; i < 50; ++i) {
        int number = 0;
        CHECK(lock(F_SETLKW, F_WRLCK, 0, sizeof number) == 0);
        (void)!pread(file, &number, sizeof number, 0);
        ++number;
        CHECK(pwrite(file, &number, sizeof number, 0) == sizeof number);
        CHECK(lock(F_SETLK, F_UNLCK, 0, sizeof number) == 0);
    }
    return true;
}

static bool waiting(void)
{
    enum { writers = 4 };
    CHECK(open_file());
    for (int i = 0; i < writers; ++i) {
        pid_t const child = fork();
        CHECK(child >= 0);
        if (child == 0)
            _exit(!count_up());
    }
    for (int i = 0; i < writers; ++i) {
        int status;
        CHECK(wait(&status) > 0 && status == 0);
    }
    int number;
    CHECK(pread(file, &number, sizeof number, 0) == sizeof number && number == writers * 50);
    return true;
}

static bool a_killed_holder_lets_go(void)
{
    int ready[2];
    CHECK(open_file() && pipe(ready) == 0);
    pid_t const child = fork();
    if (child == 0) {
        if (lock(F_SETLK, F_WRLCK, 0, 0) == 0 && write(ready[1], "", 1) == 1)
            for (;;)
                pause();
        _exit(1);
    }
    char byte;
    CHECK(read(ready[0], &byte, 1) == 1);
    CHECK_FAILS(lock(F_SETLK, F_WRLCK, 0, 1), EAGAIN);
    CHECK(kill(child, SIGKILL) == 0 && lock(F_SETLKW, F_WRLCK, 0, 1) == 0);
    return true;
}

static bool deadlock(void)
{
    int ready[2];
    CHECK(open_file() && pipe(ready) == 0 && lock(F_SETLK, F_WRLCK, 0, 1) == 0);
    pid_t const child = fork();
    if (child == 0) {
        if (lock(F_SETLK, F_WRLCK, 1, 1) != 0 || write(ready[1], "", 1) != 1)
            _exit(1);
        bool const is_told = lock(F_SETLKW, F_WRLCK, 0, 1) < 0 && errno == EDEADLK;
        _exit(is_told ? 2 : 0);
    }
    char byte;
    CHECK(read(ready[0], &byte, 1) == 1);
    // Whoever of the two asks last is told.
    bool const is_told = lock(F_SETLKW, F_WRLCK, 1, 1) < 0 && errno == EDEADLK;
    CHECK(lock(F_SETLK, F_UNLCK, 0, 0) == 0);
    int status;
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == (is_told ? 0 : 2));
    return true;
}

static void on_alarm(int signal) { (void)signal; }

static bool a_signal_ends_the_wait(void)
{
    CHECK(open_file() && lock(F_SETLK, F_WRLCK, 0, 1) == 0);
    pid_t const child = fork();
    if (child == 0) {
        struct sigaction const action = {.sa_handler = on_alarm};
        sigaction(SIGALRM, &action, NULL);
        alarm(1);
        _exit(!(lock(F_SETLKW, F_WRLCK, 0, 1) < 0 && errno == EINTR));
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(ranges),   CASE(closing_releases),       CASE(waiting), CASE(a_killed_holder_lets_go),
    CASE(deadlock), CASE(a_signal_ends_the_wait),
};

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/locks.tmp", cases); }
