"""Record locks, checked from inside by /tests/posix-locks, and by SQLite, which lives by them."""
import pytest

CASES = ["ranges", "closing_releases", "waiting", "a_killed_holder_lets_go", "deadlock",
         "a_signal_ends_the_wait"]


@pytest.mark.parametrize("case", CASES)
def test_record_locks(posix_shell, case):
    assert posix_shell.run(f"/tests/posix-locks {case}; rm -rf /locks.tmp", limit=120) == "ok"


def test_two_writers_of_a_database(posix_shell):
    inserts = ("(i=0; while [ $i -lt 3 ]; do sqlite3 -cmd '.timeout 60000' /t.db "
               "'insert into t values ({0})' || echo failed; i=$((i+1)); done) & ")
    posix_shell.run("sqlite3 /t.db 'create table t (a integer)'")
    assert "failed\n" not in posix_shell.run(inserts.format(1) + inserts.format(2) + "wait", limit=300)
    assert posix_shell.run("sqlite3 /t.db 'select a, count(*) from t group by a; "
                           "pragma integrity_check'; rm /t.db", limit=60) == "1|3\n2|3\nok"
