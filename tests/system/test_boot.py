"""From power-on to the prompt and off again."""
import re

import pytest
from harness import Machine, assert_clean


@pytest.mark.parametrize("harts", [1, 2, 4])
def test_boots_to_a_prompt_and_powers_off(disk, harts):
    with Machine(disk, smp=harts) as machine:
        machine.boot()
        assert machine.shutdown() == 0
    assert_clean(disk)


def test_boot_log_has_times_and_says_how_to_leave(disk):
    with Machine(disk) as machine:
        machine.boot()
        stages = re.findall(r"\[ *\d+\.\d+\] \S", machine.boot_log)
        assert len(stages) >= 3
        assert "shutdown" in machine.boot_log and "Ctrl-A" in machine.boot_log


def test_every_process_of_the_design_is_listed(shell):
    listed = shell.command("ps")
    for name in ["kernel", "init", "devmgr", "ns16550", "virtio-blk", "fs"]:
        assert re.search(rf"\b{name}\b", listed), listed
