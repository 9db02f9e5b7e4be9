"""Record locks, checked from inside by /tests/posix-locks."""
import pytest

CASES = ["ranges", "closing_releases", "waiting", "a_killed_holder_lets_go", "deadlock",
         "a_signal_ends_the_wait"]


@pytest.mark.parametrize("case", CASES)
def test_record_locks(posix_shell, case):
    assert posix_shell.run(f"/tests/posix-locks {case}; rm -rf /locks.tmp", limit=120) == "ok"
