"""Mutexes, barriers, read-write locks and semaphores of threads, checked from inside by
/tests/posix-synchronisation, and those that processes share, by /tests/posix-sharing."""
import pytest

CASES = ["robust_mutexes", "waiting_for_a_robust_mutex", "kinds_of_mutexes", "barriers", "read_write_locks",
         "semaphores"]

SHARED = ["mutexes_exclude_processes", "conditions_wake_processes", "barriers_gather_processes",
          "read_write_locks_exclude_processes", "semaphores_count_for_processes", "files_are_shared_memory",
          "semaphores_have_names", "memory_has_names", "waits_have_a_deadline", "waits_end_with_their_process",
          "owners_are_told_apart", "robust_mutexes_outlive_their_owner", "a_robust_mutex_may_be_given_up",
          "robust_mutexes_outlive_who_waited"]


@pytest.mark.parametrize("case", CASES)
def test_synchronisation(posix_shell, case):
    assert posix_shell.run(f"/tests/posix-synchronisation {case}; rm -rf /synchronisation.tmp",
                           limit=60) == "ok"


@pytest.mark.parametrize("case", SHARED)
def test_sharing(posix_shell, case):
    assert posix_shell.run(f"/tests/posix-sharing {case}; rm -rf /sharing.tmp", limit=60) == "ok"
