"""Who runs next on a machine of one hart, checked from inside by /tests/posix-turns; and a machine on which nobody
runs, seen from outside."""
import pathlib

import pytest
from session import session_of_its_own

CLOCK_TICKS_PER_SECOND = 100
CASES = ["a_mutex_inherits_the_priority_of_who_waits", "threads_that_yield_take_turns", "who_is_woken_runs_first_if_he_comes_first",
         "a_timer_s_end_takes_the_hart_from_a_loop"]


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    with session_of_its_own(tmp_path_factory.mktemp("turns"), smp=1) as shell:
        yield shell


@pytest.mark.parametrize("case", CASES)
def test_turns(session, case):
    assert session.run(f"/tests/posix-turns {case}; rm -rf /turns.tmp", limit=60) == "ok"


def cpu_seconds(machine):
    """What QEMU has used of the host's processors."""
    fields = pathlib.Path(f"/proc/{machine.console.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS_PER_SECOND


def test_a_hart_without_work_sleeps(session):
    before = cpu_seconds(session.machine)
    session.run("sleep 5")
    assert cpu_seconds(session.machine) - before < 0.5
