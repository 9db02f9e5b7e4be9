"""What runs away or takes all it can get hurts nobody else, and leaves nothing behind."""
import os
import re

import pytest
from harness import Machine, assert_clean, copy_disk, target_folder
from session import SHELL_PROMPT, Session, session_of_its_own

LONG = bool(os.environ.get("BATON_LONG"))
SMALL_CHANGE = 256 << 10
LEADER = "pidof posix-hogs | tr ' ' '\\n' | sort -n | head -1"  # of the processes of a hog


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    with session_of_its_own(tmp_path_factory.mktemp("recovery"), limit=90) as shell:
        yield shell


def free_memory(session):
    return int(session.run("/tests/posix-hogs free"))


def start_as_guest(session, hog):
    """In a session of its own; until it has all that it can get."""
    session.run(f"rm -f /hog; su guest -c 'exec setsid /tests/posix-hogs {hog}' > /hog 2>&1 & "
                "until grep -q full /hog; do sleep 1; done")
    return session.run(LEADER)


def assert_is_live(session):
    assert session.run("echo one | sed s/one/two/; (exit 3); echo $?") == "two\n3"
    assert session.run("ls / | grep -c '^bin$'; cat /etc/passwd | head -1 | cut -d: -f1") == "1\nroot"


def end_group(session, leader):
    session.run(f"kill -9 -{leader}; wait")
    assert session.run("pidof posix-hogs || echo none") == "none"


def free_after(session, hog):
    """What is free when the hog has come, taken what it could get, and been ended."""
    leader = start_as_guest(session, hog)
    assert_is_live(session)
    end_group(session, leader)
    assert session.run("su guest -c 'echo works | cat'") == "works"
    return free_memory(session)


@pytest.mark.parametrize("hog", ["memory", "descriptors", "bomb"])
def test_a_hog_leaves_the_other_login_alone_and_nothing_behind(session, hog):
    """Servers keep room that they needed once for the next time."""
    first = free_after(session, hog)
    assert free_after(session, hog) >= first - SMALL_CHANGE


def test_who_touches_more_memory_than_there_is_ends_alone_and_the_log_tells(session):
    endless = "local t = {} for i = 1, 1e12 do t[i] = i end"
    printed = session.run(f"su guest -c 'lua -e \"{endless}\"'; echo $?", limit=300)
    assert printed.splitlines()[-1] == "137"
    assert "of user 1000 was killed: out of memory" in session.machine.transcript.whole()
    assert_is_live(session)


def test_a_thousand_runaway_children_at_once_are_killed_in_any_order(tmp_path):
    """In 256 MiB. Limits would keep any other user from having so many."""
    count = 1000 if LONG else 120
    image = copy_disk(tmp_path / "disk.img")
    with Machine(image, limit=300, memory="256M") as machine:
        shell = Session(machine.boot())
        shell.run(f"setsid /tests/posix-hogs run-away {count} 7 > /hog 2>&1 & "
                  "until grep -q . /hog; do sleep 1; done", limit=1200)
        assert shell.run("cat /hog") == "full"
        assert shell.run("pidof posix-hogs | wc -w") == str(count + 1)
        assert_is_live(shell)
        assert shell.run("su guest -c 'echo works | cat'") == "works"
        shell.run(f"kill -USR1 $({LEADER}); while pidof posix-hogs > /hogs; do sleep 1; done",
                  limit=1200)
        assert shell.run("cat /hog; pidof posix-hogs || echo none") == "full\ndone\nnone"
        shell.leave()
        assert machine.shutdown() == 0
    assert_clean(image)


def test_nothing_is_left_of_thousands_of_programs(session):
    count = 10_000 if LONG else 300
    session.run("/tests/posix-hogs churn 20")
    before = free_memory(session)
    assert session.run(f"/tests/posix-hogs churn {count}", limit=1200) == "done"
    assert free_memory(session) == before


def test_a_signal_storm(session):
    assert session.run("/tests/posix-hogs storm") == "done"
    assert_is_live(session)


def test_a_terminal_flooded_with_input(session):
    session.send("echo sleeping; cat > /dev/null\r")
    session.machine.expect("sleeping")
    for _ in range(400 if LONG else 40):
        session.send("x" * 500 + "\r")
    session.send("\x03")
    session.machine.expect(re.escape(SHELL_PROMPT))
    session.run("true")
    assert_is_live(session)


def test_programs_killed_at_any_point(session):
    count = 400 if LONG else 30
    for seed in (11, 12):
        assert session.run(f"/tests/posix-hogs kill-anywhere {count} {seed}", limit=1200) == "done"
        assert_is_live(session)
        session.run("rm -rf /killed")
    assert session.run("ps | grep -c -E 'find|tar|lua|sqlite|top'") == "1"


def test_the_death_of_the_server_is_told_and_another_session_can_begin(disk):
    image = target_folder() / "scenarios/posix-death.bin"
    with Machine(disk, image=image, limit=90) as machine:
        machine.boot()
        for _ in range(2):
            shell = Session(machine)
            assert shell.run("echo works") == "works"
            shell.send("sleep 1000 & cat /dev/zero > /dev/null & touch /end-posix; cat\r")
            machine.expect("posix: the server for POSIX processes has ended, and with it all of them")
            machine.expect(re.escape(machine.prompt))
        shell = Session(machine)
        assert shell.run("ps | grep -c -E 'sleep|cat /dev/zero' | tail -1") in ("0", "1")
        shell.leave()
        assert machine.shutdown() == 0
    assert_clean(disk)
