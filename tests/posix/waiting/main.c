// posix-waiting: checks of epoll, event counters, fifos and flock.
#include "tests/posix/waiting/cases.h"
#include <sys/wait.h>
#include <time.h>

void pause_for(int milliseconds)
{
    struct timespec const time = {.tv_nsec = milliseconds * 1000000l};
    nanosleep(&time, NULL);
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(epoll_tells_levels),
    CASE(epoll_tells_edges),
    CASE(epoll_tells_once),
    CASE(epoll_waits),
    CASE(epoll_forgets_what_is_closed),
    CASE(epoll_checks_arguments),
    CASE(polling_often),
    CASE(select_does_not_consume),
    CASE(counters_add_up),
    CASE(counters_wait),
    CASE(semaphores_count_down),
    CASE(fifos_meet),
    CASE(fifos_without_waiting),
    CASE(fifos_end),
    CASE(fifos_keep_strangers_out),
    CASE(a_killed_opener_leaves_a_fifo),
    CASE(file_locks_exclude),
    CASE(file_locks_are_shared_with_children),
    CASE(file_locks_are_waited_for),
    CASE(a_killed_holder_unlocks),
};

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/waiting.tmp", cases); }
