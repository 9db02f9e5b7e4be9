"""Mutexes, barriers, read-write locks and semaphores of threads, checked from inside by
/tests/posix-synchronisation."""
import pytest

CASES = ["robust_mutexes", "waiting_for_a_robust_mutex", "kinds_of_mutexes", "barriers", "read_write_locks",
         "semaphores"]


@pytest.mark.parametrize("case", CASES)
def test_synchronisation(posix_shell, case):
    assert posix_shell.run(f"/tests/posix-synchronisation {case}; rm -rf /synchronisation.tmp",
                           limit=60) == "ok"
