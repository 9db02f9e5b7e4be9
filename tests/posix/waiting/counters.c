// eventfd.
#include "tests/posix/waiting/cases.h"
#include <poll.h>
#include <sys/eventfd.h>

static int counter;

bool counters_add_up(void)
{
    eventfd_t value;
    counter = eventfd(3, EFD_NONBLOCK | EFD_CLOEXEC);
    CHECK(counter >= 0 && eventfd_write(counter, 4) == 0);
    CHECK(eventfd_read(counter, &value) == 0 && value == 7);
    CHECK_FAILS(eventfd_read(counter, &value), EAGAIN);
    CHECK(eventfd_write(counter, ~0ull - 1) == 0);
    CHECK_FAILS(eventfd_write(counter, 1), EAGAIN);
    CHECK_FAILS(eventfd_write(counter, ~0ull), EINVAL);
    CHECK_FAILS(read(counter, &value, 4), EINVAL);
    struct pollfd entry = {.fd = counter, .events = POLLIN | POLLOUT};
    CHECK(poll(&entry, 1, 0) == 1 && entry.revents == POLLIN);
    CHECK(eventfd_read(counter, &value) == 0 && value == ~0ull - 1);
    CHECK(poll(&entry, 1, 0) == 1 && entry.revents == POLLOUT);
    CHECK_FAILS(eventfd(0, 12345), EINVAL);
    return true;
}

static bool add_soon(void)
{
    pause_for(100);
    return eventfd_write(counter, 5) == 0;
}

bool counters_wait(void)
{
    eventfd_t value;
    counter = eventfd(0, 0);
    pid_t const child = start_child(add_soon);
    CHECK(eventfd_read(counter, &value) == 0 && value == 5 && ended_well(child));
    return true;
}

static bool take_one(void)
{
    eventfd_t value;
    return eventfd_read(counter, &value) == 0 && value == 1;
}

bool semaphores_count_down(void)
{
    enum { takers = 4 };
    pid_t children[takers];
    counter = eventfd(1, EFD_SEMAPHORE);
    CHECK(counter >= 0 && take_one());
    for (int i = 0; i < takers; ++i)
        children[i] = start_child(take_one);
    CHECK(eventfd_write(counter, takers) == 0);
    for (int i = 0; i < takers; ++i)
        CHECK(ended_well(children[i]));
    struct pollfd entry = {.fd = counter, .events = POLLIN};
    CHECK(poll(&entry, 1, 0) == 0);
    return true;
}
