// Fifos, by name.
#include "tests/posix/waiting/cases.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

static bool write_by_name(void)
{
    pause_for(100);
    int const end = open("fifo", O_WRONLY);
    CHECK(end >= 0 && write(end, "hello", 5) == 5);
    return true;
}

static bool read_by_name(void)
{
    pause_for(100);
    int const end = open("fifo", O_RDONLY);
    char text[8];
    CHECK(end >= 0 && read(end, text, 5) == 5 && memcmp(text, "other", 5) == 0);
    CHECK(read(end, text, 1) == 0);
    return true;
}

bool fifos_meet(void)
{
    char text[8];
    CHECK(mkfifo("fifo", 0600) == 0);
    pid_t child = start_child(write_by_name);
    int end = open("fifo", O_RDONLY);  // waits for the writer
    CHECK(end >= 0 && read(end, text, sizeof text) == 5 && memcmp(text, "hello", 5) == 0);
    CHECK(ended_well(child) && read(end, text, 1) == 0 && close(end) == 0);
    child = start_child(read_by_name);
    end = open("fifo", O_WRONLY);  // waits for the reader
    CHECK(end >= 0 && write(end, "other", 5) == 5 && close(end) == 0 && ended_well(child));
    struct stat status;
    CHECK(stat("fifo", &status) == 0 && S_ISFIFO(status.st_mode) && unlink("fifo") == 0);
    return true;
}

bool fifos_without_waiting(void)
{
    char text[8];
    CHECK(mkfifo("fifo", 0600) == 0);
    CHECK_FAILS(open("fifo", O_WRONLY | O_NONBLOCK), ENXIO);
    int const reader = open("fifo", O_RDONLY | O_NONBLOCK);
    CHECK(reader >= 0 && read(reader, text, 1) == 0);  // nobody writes
    struct pollfd entry = {.fd = reader, .events = POLLIN};
    CHECK(poll(&entry, 1, 0) == 0);
    int const writer = open("fifo", O_WRONLY | O_NONBLOCK);
    CHECK(writer >= 0);
    CHECK_FAILS(read(reader, text, 1), EAGAIN);
    CHECK(write(writer, "ab", 2) == 2 && read(reader, text, 8) == 2 && text[1] == 'b');
    int const second = open("fifo", O_WRONLY);  // somebody reads already
    CHECK(second >= 0 && close(writer) == 0 && write(second, "c", 1) == 1 && close(second) == 0);
    CHECK(read(reader, text, 8) == 1 && text[0] == 'c' && read(reader, text, 8) == 0);
    CHECK(poll(&entry, 1, 1000) == 1 && entry.revents == POLLHUP);
    return true;
}

bool fifos_end(void)
{
    CHECK(mkfifo("fifo", 0600) == 0 && signal(SIGPIPE, SIG_IGN) != SIG_ERR);
    int const reader = open("fifo", O_RDONLY | O_NONBLOCK);
    int const writer = open("fifo", O_WRONLY);
    CHECK(writer >= 0 && write(writer, "lost", 4) == 4 && close(reader) == 0);
    CHECK_FAILS(write(writer, "x", 1), EPIPE);
    CHECK(close(writer) == 0);
    int const again = open("fifo", O_RDONLY | O_NONBLOCK);  // nothing is left of it
    char byte;
    CHECK(again >= 0 && read(again, &byte, 1) == 0);
    return true;
}

static bool is_refused(void)
{
    CHECK(setgid(1000) == 0 && setuid(1000) == 0);
    CHECK_FAILS(open("fifo", O_RDONLY | O_NONBLOCK), EACCES);
    CHECK_FAILS(open("fifo", O_WRONLY | O_NONBLOCK), ENXIO);  // it may, but nobody reads
    return true;
}

bool fifos_keep_strangers_out(void)
{
    CHECK(mkfifo("fifo", 0600) == 0 && chmod("fifo", 0622) == 0);
    CHECK(ended_well(start_child(is_refused)));
    CHECK_FAILS(open("nothing", O_RDONLY | O_NONBLOCK), ENOENT);
    return true;
}

static bool wait_for_a_writer(void) { return open("fifo", O_RDONLY) >= 0; }

bool a_killed_opener_leaves_a_fifo(void)
{
    CHECK(mkfifo("fifo", 0600) == 0);
    pid_t const child = start_child(wait_for_a_writer);
    pause_for(100);
    int status;
    CHECK(kill(child, SIGKILL) == 0 && waitpid(child, &status, 0) == child);
    CHECK_FAILS(open("fifo", O_WRONLY | O_NONBLOCK), ENXIO);
    return true;
}
