// Pseudo-terminals, from both ends.
#include "tests/posix/check.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>

struct pair {
    int master;
    int slave;
};

static struct pair open_pair(void)
{
    struct pair pair;
    pair.master = posix_openpt(O_RDWR | O_NOCTTY);
    REQUIRE(pair.master >= 0);
    REQUIRE(grantpt(pair.master) == 0 && unlockpt(pair.master) == 0);
    char const* const name = ptsname(pair.master);
    REQUIRE(name != NULL && strncmp(name, "/dev/pts/", 9) == 0);
    pair.slave = open(name, O_RDWR | O_NOCTTY);
    REQUIRE(pair.slave >= 0);
    return pair;
}

static void close_pair(struct pair pair)
{
    REQUIRE(close(pair.slave) == 0);
    REQUIRE(close(pair.master) == 0);
}

static void check_read(int file, char const* expected)
{
    char buffer[256];
    size_t done = 0;
    while (done < strlen(expected)) {
        ssize_t const count = read(file, buffer + done, sizeof buffer - done);
        REQUIRE(count > 0);
        done += (size_t)count;
    }
    REQUIRE(done == strlen(expected) && memcmp(buffer, expected, done) == 0);
}

static void set_raw(int file, unsigned char least, unsigned char time)
{
    struct termios settings;
    REQUIRE(tcgetattr(file, &settings) == 0);
    cfmakeraw(&settings);
    settings.c_cc[VMIN] = least;
    settings.c_cc[VTIME] = time;
    REQUIRE(tcsetattr(file, TCSANOW, &settings) == 0);
}

static bool lines(void)
{
    struct pair const pair = open_pair();
    CHECK(isatty(pair.master) && isatty(pair.slave));
    CHECK(write(pair.master, "helo\x7flo\n", 8) == 8);
    check_read(pair.slave, "hello\n");
    check_read(pair.master, "helo\b \blo\r\n");
    CHECK(write(pair.slave, "out\n", 4) == 4);
    check_read(pair.master, "out\r\n");
    close_pair(pair);
    return true;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool raw_reads(void)
{
    struct pair const pair = open_pair();
    char buffer[16];
    set_raw(pair.slave, 0, 0);
    CHECK(read(pair.slave, buffer, sizeof buffer) == 0);
    set_raw(pair.slave, 0, 2);
    double const begin = seconds();
    CHECK(read(pair.slave, buffer, sizeof buffer) == 0);
    CHECK(seconds() - begin >= 0.19);

    set_raw(pair.slave, 3, 0);
    pid_t const child = fork();
    if (child == 0)
        _exit(read(pair.slave, buffer, sizeof buffer) == 3 ? 0 : 1);
    CHECK(write(pair.master, "a", 1) == 1 && write(pair.master, "b", 1) == 1);
    CHECK(write(pair.master, "c", 1) == 1);
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child && status == 0);

    set_raw(pair.slave, 10, 1);  // the time runs from the first byte on
    CHECK(write(pair.master, "xy", 2) == 2);
    CHECK(read(pair.slave, buffer, sizeof buffer) == 2);
    close_pair(pair);
    return true;
}

// Runs `function` as the first process of a session that the terminal controls.
static pid_t start_session(struct pair pair, int (*function)(int terminal))
{
    pid_t const child = fork();
    REQUIRE(child >= 0);
    if (child != 0)
        return child;
    REQUIRE(setsid() == getpid());
    char name[64];
    REQUIRE(ttyname_r(pair.slave, name, sizeof name) == 0 || ptsname_r(pair.master, name, 64) == 0);
    close(pair.slave);
    int const terminal = open(name, O_RDWR);
    close(pair.master);
    REQUIRE(terminal >= 0 && tcgetpgrp(terminal) == getpgrp());
    _exit(function(terminal));
}

static int status_of(pid_t child)
{
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    return status;
}

static int be_interrupted(int terminal)
{
    REQUIRE(write(terminal, "ready\n", 6) == 6);
    for (;;)
        pause();
}

static int volatile window_changes = 0;
static void count_change(int signal)
{
    (void)signal;
    ++window_changes;
}

static int see_size(int terminal)
{
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGWINCH);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    signal(SIGWINCH, count_change);
    REQUIRE(write(terminal, "ready\n", 6) == 6);
    while (window_changes == 0)
        sigsuspend(&before);
    struct winsize size;
    REQUIRE(ioctl(terminal, TIOCGWINSZ, &size) == 0);
    return size.ws_row == 50 && size.ws_col == 132 ? 0 : 1;
}

static bool signals_from_the_keyboard(void)
{
    struct pair const pair = open_pair();
    pid_t child = start_session(pair, be_interrupted);
    check_read(pair.master, "ready\r\n");
    CHECK(write(pair.master, "\x03", 1) == 1);
    int const status = status_of(child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
    check_read(pair.master, "^C");
    child = start_session(pair, see_size);
    check_read(pair.master, "ready\r\n");
    struct winsize const size = {.ws_row = 50, .ws_col = 132};
    CHECK(ioctl(pair.master, TIOCSWINSZ, &size) == 0);
    CHECK(status_of(child) == 0);
    close_pair(pair);
    return true;
}

// In a group of its own, in the background.
static pid_t start_background(int terminal, bool writes)
{
    pid_t const child = fork();
    if (child != 0) {
        setpgid(child, child);
        return child;
    }
    setpgid(0, 0);
    char byte = 'x';
    ssize_t const count = writes ? write(terminal, &byte, 1) : read(terminal, &byte, 1);
    _exit(count == 1 ? 0 : 1);
}

static void check_stopped(pid_t child, int signal)
{
    int status = 0;
    REQUIRE(waitpid(child, &status, WUNTRACED) == child);
    REQUIRE(WIFSTOPPED(status) && WSTOPSIG(status) == signal);
}

static int use_in_background(int terminal)
{
    signal(SIGTTOU, SIG_IGN);
    signal(SIGTTIN, SIG_DFL);
    pid_t child = start_background(terminal, false);
    check_stopped(child, SIGTTIN);
    REQUIRE(tcsetpgrp(terminal, child) == 0 && kill(-child, SIGCONT) == 0);
    REQUIRE(write(terminal, "type\n", 5) == 5);
    REQUIRE(status_of(child) == 0);
    REQUIRE(tcsetpgrp(terminal, getpgrp()) == 0);

    struct termios settings;
    REQUIRE(tcgetattr(terminal, &settings) == 0);
    settings.c_lflag |= TOSTOP;
    REQUIRE(tcsetattr(terminal, TCSANOW, &settings) == 0);
    signal(SIGTTOU, SIG_DFL);
    child = start_background(terminal, true);
    check_stopped(child, SIGTTOU);
    REQUIRE(kill(child, SIGKILL) == 0 && status_of(child) == SIGKILL);
    return 0;
}

static bool turns(void)
{
    struct pair const pair = open_pair();
    pid_t const child = start_session(pair, use_in_background);
    check_read(pair.master, "type\r\n");
    CHECK(write(pair.master, "a\n", 2) == 2);
    CHECK(status_of(child) == 0);
    close_pair(pair);
    return true;
}

static bool ends_that_close(void)
{
    struct pair pair = open_pair();
    pid_t const child = start_session(pair, be_interrupted);
    check_read(pair.master, "ready\r\n");
    close(pair.master);
    int const status = status_of(child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGHUP);
    char byte;
    CHECK(read(pair.slave, &byte, 1) == 0);
    CHECK(write(pair.slave, "x", 1) == -1 && errno == EIO);
    close(pair.slave);

    pair = open_pair();
    close(pair.slave);
    struct pollfd entry = {.fd = pair.master, .events = POLLIN};
    CHECK(poll(&entry, 1, 0) == 1 && (entry.revents & POLLHUP) != 0);
    CHECK(read(pair.master, &byte, 1) == -1 && errno == EIO);
    close(pair.master);
    return true;
}

// Whoever types faster than anybody reads waits, and nothing is lost.
static bool flood(void)
{
    enum { total = 200000 };
    struct pair const pair = open_pair();
    set_raw(pair.slave, 1, 0);
    pid_t const child = fork();
    if (child == 0) {
        static char bytes[1000];
        for (int i = 0; i < total / 1000; ++i) {
            for (size_t done = 0; done < sizeof bytes;) {
                ssize_t const count = write(pair.master, bytes + done, sizeof bytes - done);
                CHECK(count > 0);
                done += (size_t)count;
            }
        }
        _exit(0);
    }
    static char buffer[4096];
    for (int done = 0; done < total;) {
        ssize_t const count = read(pair.slave, buffer, sizeof buffer);
        CHECK(count > 0);
        done += (int)count;
    }
    CHECK(status_of(child) == 0);
    CHECK(fcntl(pair.master, F_SETFL, O_NONBLOCK) == 0);
    ssize_t count;
    while ((count = write(pair.master, buffer, sizeof buffer)) > 0)
        ;
    CHECK(count == -1 && errno == EAGAIN);
    close_pair(pair);
    return true;
}

static bool as_many_as_there_can_be(void)
{
    enum { most = 32 };
    for (int round = 0; round < 3; ++round) {
        int masters[most];
        int count = 0;
        while (count < most && (masters[count] = open("/dev/ptmx", O_RDWR)) >= 0)
            ++count;
        CHECK(count == most);
        CHECK(open("/dev/ptmx", O_RDWR) == -1 && errno == ENOSPC);
        while (count > 0)
            close(masters[--count]);
    }
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(lines),           CASE(raw_reads), CASE(signals_from_the_keyboard), CASE(turns),
    CASE(ends_that_close), CASE(flood),     CASE(as_many_as_there_can_be),
};

int main(int count, char** arguments)
{
    return RUN_CASE(count, arguments, "/terminals.tmp", cases);
}
