"""What the disk is like when the machine has been switched off under running processes."""
from harness import Machine, assert_clean
from session import Session

HOLDER = "exec 3> /gone 4> /tmp/gone; rm /gone /tmp/gone; echo text >&3; echo > /ready; exec sleep 1000"


def test_a_removed_file_that_is_open_leaves_nothing_to_mend(disk):
    with Machine(disk, limit=90) as machine:
        session = Session(machine.boot())
        session.run(f"setsid sh -c '{HOLDER}' & until [ -e /ready ]; do sleep 1; done")
        session.run("echo late > /late")  # and not synced
        session.leave()
        assert machine.shutdown() == 0
    assert_clean(disk)
