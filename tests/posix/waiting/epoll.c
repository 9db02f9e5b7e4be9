// epoll, poll and select.
#include "tests/posix/waiting/cases.h"
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

static int epoll, ends[2];

static bool watch(int file, uint32_t events, int operation)
{
    struct epoll_event event = {.events = events, .data.u64 = 100 + (uint64_t)file};
    return epoll_ctl(epoll, operation, file, &event) == 0;
}

static bool open_both(uint32_t events)
{
    epoll = epoll_create1(EPOLL_CLOEXEC);
    CHECK(epoll >= 0 && pipe(ends) == 0 && watch(ends[0], events, EPOLL_CTL_ADD));
    return true;
}

// Whether exactly these events are told of one file.
static bool tells(int file, uint32_t events)
{
    struct epoll_event found[4];
    return epoll_wait(epoll, found, 4, 1000) == 1 && found[0].events == events &&
           found[0].data.u64 == 100 + (uint64_t)file;
}

static bool tells_nothing(void)
{
    struct epoll_event found;
    return epoll_wait(epoll, &found, 1, 0) == 0;
}

static bool take(size_t count)
{
    char bytes[16];
    return read(ends[0], bytes, count) == (ssize_t)count;
}

bool epoll_tells_levels(void)
{
    CHECK(open_both(EPOLLIN) && tells_nothing());
    CHECK(write(ends[1], "abc", 3) == 3);
    CHECK(tells(ends[0], EPOLLIN) && tells(ends[0], EPOLLIN));
    CHECK(take(2) && tells(ends[0], EPOLLIN) && take(1) && tells_nothing());
    CHECK(watch(ends[1], EPOLLOUT | EPOLLIN, EPOLL_CTL_ADD) && tells(ends[1], EPOLLOUT));
    CHECK(write(ends[1], "x", 1) == 1);
    struct epoll_event found[4];
    CHECK(epoll_wait(epoll, found, 4, 1000) == 2 && epoll_wait(epoll, found, 1, 1000) == 1);
    CHECK(take(1) && watch(ends[1], 0, EPOLL_CTL_MOD) && tells_nothing());
    CHECK(close(ends[1]) == 0 && tells(ends[0], EPOLLHUP));
    return true;
}

bool epoll_tells_edges(void)
{
    CHECK(open_both(EPOLLIN | EPOLLET) && tells_nothing());
    CHECK(write(ends[1], "abc", 3) == 3 && tells(ends[0], EPOLLIN) && tells_nothing());
    CHECK(take(1) && tells_nothing());  // some is left, but that is no news
    CHECK(write(ends[1], "d", 1) == 1 && tells(ends[0], EPOLLIN) && tells_nothing());
    CHECK(take(3) && tells_nothing());
    CHECK(write(ends[1], "e", 1) == 1 && tells(ends[0], EPOLLIN) && tells_nothing());
    CHECK(watch(ends[0], EPOLLIN | EPOLLET, EPOLL_CTL_MOD));
    CHECK(tells(ends[0], EPOLLIN) && tells_nothing());
    CHECK(close(ends[1]) == 0 && tells(ends[0], EPOLLIN | EPOLLHUP) && tells_nothing());
    return true;
}

bool epoll_tells_once(void)
{
    CHECK(open_both(EPOLLIN | EPOLLONESHOT) && write(ends[1], "a", 1) == 1);
    CHECK(tells(ends[0], EPOLLIN) && tells_nothing() && write(ends[1], "b", 1) == 1);
    CHECK(tells_nothing() && watch(ends[0], EPOLLIN | EPOLLONESHOT, EPOLL_CTL_MOD));
    CHECK(tells(ends[0], EPOLLIN) && tells_nothing());
    return true;
}

static bool write_soon(void)
{
    pause_for(100);
    return write(ends[1], "x", 1) == 1;
}

bool epoll_waits(void)
{
    struct epoll_event found;
    for (int round = 0; round < 2; ++round) {
        CHECK(open_both(round == 0 ? EPOLLIN : EPOLLIN | EPOLLET));
        CHECK(epoll_wait(epoll, &found, 1, 20) == 0);
        pid_t const child = start_child(write_soon);
        CHECK(epoll_wait(epoll, &found, 1, -1) == 1 && found.events == EPOLLIN);
        CHECK(ended_well(child) && close(epoll) == 0);
    }
    return true;
}

bool epoll_forgets_what_is_closed(void)
{
    CHECK(open_both(EPOLLIN) && write(ends[1], "x", 1) == 1 && tells(ends[0], EPOLLIN));
    int const closed = ends[0];
    int other[2];
    CHECK(close(closed) == 0 && tells_nothing());
    CHECK(pipe(other) == 0 && other[0] == closed && write(other[1], "y", 1) == 1);
    CHECK(tells_nothing() && watch(other[0], EPOLLIN, EPOLL_CTL_ADD) && tells(other[0], EPOLLIN));
    CHECK(watch(other[0], 0, EPOLL_CTL_DEL) && tells_nothing());
    return true;
}

bool epoll_checks_arguments(void)
{
    struct epoll_event event = {.events = EPOLLIN};
    CHECK(open_both(EPOLLIN));
    CHECK_FAILS(epoll_ctl(epoll, EPOLL_CTL_ADD, ends[0], &event), EEXIST);
    CHECK_FAILS(epoll_ctl(epoll, EPOLL_CTL_MOD, ends[1], &event), ENOENT);
    CHECK_FAILS(epoll_ctl(epoll, EPOLL_CTL_DEL, ends[1], &event), ENOENT);
    CHECK_FAILS(epoll_ctl(epoll, EPOLL_CTL_ADD, 99, &event), EBADF);
    CHECK_FAILS(epoll_ctl(99, EPOLL_CTL_ADD, ends[1], &event), EBADF);
    CHECK_FAILS(epoll_ctl(ends[0], EPOLL_CTL_ADD, ends[1], &event), EINVAL);
    CHECK_FAILS(epoll_ctl(epoll, EPOLL_CTL_ADD, epoll, &event), EINVAL);
    int const file = open("file", O_RDWR | O_CREAT, 0644);
    CHECK_FAILS(epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event), EPERM);
    CHECK_FAILS(epoll_wait(epoll, &event, 0, 0), EINVAL);
    CHECK_FAILS(epoll_wait(ends[0], &event, 1, 0), EINVAL);
    CHECK_FAILS(epoll_create1(12345), EINVAL);
    struct pollfd as_file = {.fd = epoll, .events = POLLIN};
    CHECK(poll(&as_file, 1, 0) == 0 && write(ends[1], "x", 1) == 1 && poll(&as_file, 1, -1) == 1);
    return true;
}

// Whoever gave up waiting does not keep others from it.
bool polling_often(void)
{
    CHECK(pipe(ends) == 0);
    struct pollfd entry = {.fd = ends[0], .events = POLLIN};
    for (int i = 0; i < 50; ++i)
        CHECK(poll(&entry, 1, 1) == 0 && entry.revents == 0);
    pid_t const child = start_child(write_soon);
    CHECK(poll(&entry, 1, -1) == 1 && entry.revents == POLLIN && ended_well(child));
    return true;
}

bool select_does_not_consume(void)
{
    int quiet[2];
    CHECK(pipe(ends) == 0 && pipe(quiet) == 0);
    unsigned const busy = (unsigned)ends[0], idle = (unsigned)quiet[0];
    pid_t const child = start_child(write_soon);
    for (int round = 0; round < 2; ++round) {
        fd_set readable;
        FD_ZERO(&readable);
        FD_SET(busy, &readable);
        FD_SET(idle, &readable);
        CHECK(select(quiet[1] + 1, &readable, NULL, NULL, NULL) == 1);
        CHECK(FD_ISSET(busy, &readable) && !FD_ISSET(idle, &readable));
    }
    CHECK(take(1) && ended_well(child));
    return true;
}
