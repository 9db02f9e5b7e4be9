"""epoll, event counters, fifos and flock, checked from inside by /tests/posix-waiting."""
import pytest

CASES = [
    "epoll_tells_levels",
    "epoll_tells_edges",
    "epoll_tells_once",
    "epoll_waits",
    "epoll_forgets_what_is_closed",
    "epoll_checks_arguments",
    "polling_often",
    "select_does_not_consume",
    "counters_add_up",
    "counters_wait",
    "semaphores_count_down",
    "fifos_meet",
    "fifos_without_waiting",
    "fifos_end",
    "fifos_keep_strangers_out",
    "a_killed_opener_leaves_a_fifo",
    "file_locks_exclude",
    "file_locks_are_shared_with_children",
    "file_locks_are_waited_for",
    "a_killed_holder_unlocks",
]


@pytest.mark.parametrize("case", CASES)
def test_waiting(posix_shell, case):
    assert posix_shell.run(f"/tests/posix-waiting {case}; rm -rf /waiting.tmp", limit=60) == "ok"
