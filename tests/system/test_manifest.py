"""Programs get what the manifest grants them; what they want beyond that is named."""
import pytest
from harness import Machine, target_folder


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    blank = tmp_path_factory.mktemp("grants") / "blank.img"
    with open(blank, "wb") as image:
        image.truncate(1 << 20)
    with Machine(blank, image=target_folder() / "scenarios" / "grants.bin") as machine:
        assert machine.wait() == 0
        return machine.transcript.whole()


def test_a_capability_that_is_not_granted_is_named(log):
    assert 'asks: failed: the system manifest does not grant that: "nothing"' in log


def test_a_service_that_the_manifest_does_not_list_is_refused_by_name(log):
    assert 'claims publishes "everything", which its manifest entry does not serve' in log
    assert 'claims: failed: the system manifest does not grant that: "everything"' in log


def test_a_program_whose_server_has_died_is_not_started(log):
    assert 'needs not started: what serves it "answer" is not there' in log
    assert "needs: failed" not in log


def test_what_is_optional_may_be_missing(log):
    assert "ends: the answer is not there" in log


def test_a_fatal_exception_is_reported_with_registers_and_backtrace(log):
    assert "jumps: killed, instruction page fault at pc 0x1000, address 0x1000" in log
    assert "pc  0000000000001000 ra  " in log
    assert "called from 0x" in log
