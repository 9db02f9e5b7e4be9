"""SQLite's shell on the ext4 disk."""
import pytest
from harness import Machine, assert_clean, copy_disk


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    return copy_disk(tmp_path_factory.mktemp("sqlite") / "disk.img")


def sql(machine, statements, database="/test.db", limit=120):
    output = machine.command(f"sqlite3 -vfs unix-none {database} \"{statements}\"", limit=limit)
    return [line for line in output.splitlines() if not line.startswith("-- warning: cannot find")]


def test_a_database_survives_a_restart(disk):
    with Machine(disk) as machine:
        machine.boot()
        assert sql(machine, "create table t (id integer primary key, name text, size real);"
                            "insert into t (name, size) values ('a', 1.5), ('b', 2.5), ('c', 4);"
                            "select count(*), sum(size) from t") == ["3|8.0"]
        assert machine.shutdown() == 0
    assert_clean(disk)
    with Machine(disk) as machine:
        machine.boot()
        assert sql(machine, "select name from t where size > 2 order by name desc;"
                            "pragma integrity_check") == ["c", "b", "ok"]
        assert machine.shutdown() == 0


def test_a_day_of_a_database(disk):
    """Many rows, two writers, one that is killed: tests/ports/sqlite-script, in a POSIX session."""
    with Machine(disk) as machine:
        machine.boot()
        output = machine.command("posix /bin/busybox sh /tests/sqlite-script", limit=900)
        told = [line for line in output.splitlines() if line != "Killed"]  # the shell, at times
        assert told == [
            "create: 3", "rows: 100000|5000050000|100000", "check: ok", "writers: 50", "ok",
            "killed: 137, journal: there", "recovered: 100000|5000050000|100000", "ok",
            "journal: gone", "rows: 100001"]
        assert machine.shutdown() == 0
    assert_clean(disk)


def test_transactions_of_thousands_of_rows_are_kept_or_undone(disk):
    with Machine(disk) as machine:
        machine.boot()
        assert sql(machine, ".read /tests/many-rows.sql") == ["20000|200010000", "12345", "ok"]
        assert machine.shutdown() == 0
    assert_clean(disk)
