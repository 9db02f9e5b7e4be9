// flock.
#include "tests/posix/waiting/cases.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>

static int file;

static bool open_file(void)
{
    file = open("file", O_RDWR | O_CREAT, 0644);
    CHECK(file >= 0);
    return true;
}

bool file_locks_exclude(void)
{
    CHECK(open_file());
    int const other = open("file", O_RDONLY);
    CHECK(flock(file, LOCK_EX) == 0);
    CHECK_FAILS(flock(other, LOCK_EX | LOCK_NB), EWOULDBLOCK);
    CHECK_FAILS(flock(other, LOCK_SH | LOCK_NB), EWOULDBLOCK);
    CHECK(flock(file, LOCK_SH) == 0 && flock(other, LOCK_SH | LOCK_NB) == 0);
    CHECK_FAILS(flock(other, LOCK_EX | LOCK_NB), EWOULDBLOCK);
    CHECK(flock(file, LOCK_UN) == 0 && flock(other, LOCK_EX | LOCK_NB) == 0);
    CHECK(close(other) == 0 && flock(file, LOCK_EX | LOCK_NB) == 0);
    CHECK_FAILS(flock(file, 77), EINVAL);
    CHECK_FAILS(flock(99, LOCK_EX), EBADF);
    return true;
}

static bool has_the_same_lock(void)
{
    CHECK(flock(file, LOCK_EX | LOCK_NB) == 0);
    int const other = open("file", O_RDONLY);
    CHECK_FAILS(flock(other, LOCK_SH | LOCK_NB), EWOULDBLOCK);
    return true;
}

bool file_locks_are_shared_with_children(void)
{
    CHECK(open_file() && flock(file, LOCK_EX) == 0);
    CHECK(ended_well(start_child(has_the_same_lock)));
    int const other = open("file", O_RDONLY);
    CHECK_FAILS(flock(other, LOCK_SH | LOCK_NB), EWOULDBLOCK);
    CHECK(flock(file, LOCK_UN) == 0 && flock(other, LOCK_SH | LOCK_NB) == 0);
    return true;
}

// Each adds to a number that it reads and writes under the lock.
static bool count_up(void)
{
    CHECK(open_file());
    for (int i = 0; i < 50; ++i) {
        int number = 0;
        CHECK(flock(file, LOCK_EX) == 0);
        (void)!pread(file, &number, sizeof number, 0);
        ++number;
        CHECK(pwrite(file, &number, sizeof number, 0) == sizeof number);
        CHECK(flock(file, LOCK_UN) == 0);
    }
    return true;
}

bool file_locks_are_waited_for(void)
{
    enum { writers = 4 };
    pid_t children[writers];
    for (int i = 0; i < writers; ++i)
        children[i] = start_child(count_up);
    for (int i = 0; i < writers; ++i)
        CHECK(ended_well(children[i]));
    int number;
    CHECK(open_file() && pread(file, &number, sizeof number, 0) == sizeof number);
    CHECK(number == writers * 50);
    return true;
}

static int ready[2];

static bool hold_for_ever(void)
{
    CHECK(open_file() && flock(file, LOCK_EX) == 0 && write(ready[1], "", 1) == 1);
    for (;;)
        pause();
}

bool a_killed_holder_unlocks(void)
{
    CHECK(pipe(ready) == 0 && open_file());
    pid_t const child = start_child(hold_for_ever);
    char byte;
    CHECK(read(ready[0], &byte, 1) == 1);
    CHECK_FAILS(flock(file, LOCK_EX | LOCK_NB), EWOULDBLOCK);
    CHECK(kill(child, SIGKILL) == 0 && flock(file, LOCK_EX) == 0);
    CHECK(waitpid(child, NULL, 0) == child);
    return true;
}
