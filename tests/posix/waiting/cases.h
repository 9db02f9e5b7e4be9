// What waiting for files promises, a function for each case.
#pragma once
#include "tests/posix/children.h"

// Lets others run for a while.
void pause_for(int milliseconds);

bool epoll_tells_levels(void);
bool epoll_tells_edges(void);
bool epoll_tells_once(void);
bool epoll_waits(void);
bool epoll_forgets_what_is_closed(void);
bool epoll_checks_arguments(void);
bool polling_often(void);
bool select_does_not_consume(void);

bool counters_add_up(void);
bool counters_wait(void);
bool semaphores_count_down(void);

bool fifos_meet(void);
bool fifos_without_waiting(void);
bool fifos_end(void);
bool fifos_keep_strangers_out(void);
bool a_killed_opener_leaves_a_fifo(void);

bool file_locks_exclude(void);
bool file_locks_are_shared_with_children(void);
bool file_locks_are_waited_for(void);
bool a_killed_holder_unlocks(void);
